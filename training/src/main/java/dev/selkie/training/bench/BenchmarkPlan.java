package dev.selkie.training.bench;

/**
 * How long to measure.
 *
 * @param rounds blocks of each run, taken in turn
 * @param secondsPerBlock of steps; at least two steps, of which the first is not counted
 */
public record BenchmarkPlan(int rounds, double secondsPerBlock) {
  public BenchmarkPlan {
    if (rounds < 1 || !(secondsPerBlock >= 0)) {
      throw new IllegalArgumentException(
          "a benchmark needs at least one round and no negative time, not %d rounds of %s s"
              .formatted(rounds, secondsPerBlock));
    }
  }
}
