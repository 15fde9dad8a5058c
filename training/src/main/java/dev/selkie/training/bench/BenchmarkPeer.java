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

  /** Whether it can take steps from weights of Selkie's, and tell their losses. */
  default boolean takesWeights() {
    return false;
  }

  /**
   * The losses of steps from given weights, in the task's precision.
   *
   * @throws PeerException where it cannot
   */
  default List<Double> losses(PeerTask task, LossTask steps) {
    throw new PeerException("takes no weights");
  }

  /** The same in a precision that errs far less. */
  default List<Double> exactLosses(PeerTask task, LossTask steps) {
    throw new PeerException("takes no weights");
  }
}
