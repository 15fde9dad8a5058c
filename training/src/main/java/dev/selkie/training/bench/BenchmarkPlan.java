package dev.selkie.training.bench;

/**
 * How long to measure.
 *
 * @param rounds blocks of each run, taken in turn
 * @param secondsPerBlock of steps; at least two measurements, of which the first is not counted
 * @param stepsAtOnce steps of one measurement, which ends when all their work is done: one on a
 *     device that does not queue work; some where waiting for each step would leave the device idle
 */
public record BenchmarkPlan(int rounds, double secondsPerBlock, int stepsAtOnce) {
  public BenchmarkPlan {
    if (rounds < 1 || !(secondsPerBlock >= 0) || stepsAtOnce < 1) {
      throw new IllegalArgumentException(
          "a benchmark needs at least one round of at least one step and no negative time, not %d rounds of %s s, %d steps at once"
              .formatted(rounds, secondsPerBlock, stepsAtOnce));
    }
  }
}
