package dev.selkie.training.bench;

import java.util.Arrays;

/** Durations of steps, in the order they were taken; grows outside of the timed part. */
final class StepTimes {
  private long[] nanos = new long[1024];
  private int count;
  private int steps;

  /** A measurement of so many steps: the mean of each. */
  void add(long duration, int stepsAtOnce) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration / stepsAtOnce;
    steps += stepsAtOnce;
  }

  /** Steps taken. */
  int steps() {
    return steps;
  }

  /** The value below which that share of the measurements lies (nearest rank), in milliseconds. */
  double percentileMillis(double share) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * count);
    return sorted[Math.max(rank, 1) - 1] / 1e6;
  }
}
