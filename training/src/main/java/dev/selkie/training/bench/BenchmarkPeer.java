package dev.selkie.training.bench;

import java.util.List;

/**
 * Another framework that trains the same networks, found by {@link java.util.ServiceLoader}; {@code
 * ./selkie bench} runs it beside Selkie in one process.
 */
public interface BenchmarkPeer {
  /** The name after {@code --against}, such as {@code pytorch}. */
  String name();

  /** The framework's own version. */
  String version();

  /**
   * Sets up the network for training, once per variant worth timing.
   *
   * @param network the full name of the annotated interface, as {@link
   *     dev.selkie.runtime.NetworkFactory#name} gives it
   * @param batch images per step
   * @param threads threads that each run may use, the same as Selkie's
   * @return open runs, to be closed by the caller; empty where the peer has no such network
   */
  List<PeerRun> open(String network, int batch, int threads);
}
