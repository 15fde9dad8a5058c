package dev.selkie.training.bench;

import java.util.function.Supplier;

/**
 * One way to set up a peer's network that is worth timing.
 *
 * @param name such as {@code channels_last}
 * @param opener makes the network, which may take long and much memory; throws {@link
 *     PeerException} where it cannot
 */
public record PeerVariant(String name, Supplier<PeerRun> opener) {
  /** The network ready to step, to be closed by the caller. */
  public PeerRun open() {
    return opener.get();
  }
}
