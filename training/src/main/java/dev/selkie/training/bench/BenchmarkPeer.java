package dev.selkie.training.bench;

import java.util.List;

/**
 * Another framework that trains the same networks, found by {@link java.util.ServiceLoader}; {@code
 * ./selkie bench} runs it in turn with Selkie. Several may bear one name, each for devices of its
 * own.
 */
public interface BenchmarkPeer {
  /** The name after {@code --against}, such as {@code pytorch}. */
  String name();

  /** Whether it runs on Selkie's device of that name. */
  boolean serves(String device);

  /**
   * The variants worth timing, none of them open yet.
   *
   * @return empty where the peer has no such network, or not in that precision
   */
  List<PeerVariant> variants(PeerTask task);
}
