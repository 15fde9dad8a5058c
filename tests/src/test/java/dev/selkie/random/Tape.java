package dev.selkie.random;

import java.util.ArrayDeque;
import java.util.Deque;

/** One pass through a network: what must be done for its gradients, and how its kinks fell. */
final class Tape {
  final boolean training;
  final Weights weights;
  private final long seed;
  private final Deque<Runnable> backward = new ArrayDeque<>();
  private long decisions = 1;
  private int draws;

  Tape(boolean training, Weights weights, long seed) {
    this.training = training;
    this.weights = weights;
    this.seed = seed;
  }

  /** From the gradients of what was just made to those of what it was made from. */
  void then(Runnable step) {
    backward.push(step);
  }

  void backward() {
    while (!backward.isEmpty()) {
      backward.pop().run();
    }
  }

  /** Which side of a kink was taken, or which place has the maximum. */
  int decide(int choice) {
    decisions = decisions * 0x9E3779B97F4A7C15L + choice + 7;
    return choice;
  }

  boolean positive(double value) {
    return decide(value > 0 ? 1 : 0) == 1;
  }

  /** The same for two passes all of whose kinks fell alike. */
  long decisions() {
    return decisions;
  }

  /** The number of a layer that draws, in the order in which the layers are computed. */
  int nextDraw() {
    return draws++;
  }

  /**
   * Draw number {@code index} of a layer: SplitMix64's finaliser, of which 24 bits are a fraction.
   */
  double fraction(int layer, long index) {
    long z = seed + layer * 0x9E3779B97F4A7C15L ^ index * 0xD1B54A32D192ED03L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 40) / (double) (1 << 24);
  }
}
