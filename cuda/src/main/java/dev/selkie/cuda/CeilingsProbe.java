package dev.selkie.cuda;

import dev.selkie.runtime.Ceilings;
import dev.selkie.runtime.Precision;
import java.util.Random;

/**
 * Measures what the device can do at most: how fast it copies within its memory, and how fast
 * cuBLAS multiplies two square matrices. Each is the best of some runs.
 *
 * <p>The numbers are random, since a multiplier that gets zeros needs less power, and so runs
 * faster than it ever would.
 *
 * @param bytes of the copy, far more than a cache holds
 * @param side of the matrices
 */
record CeilingsProbe(Driver driver, Precision precision, long bytes, int side) {
  private static final int RUNS = 6;
  private static final int AT_ONCE = 10;
  private static final int PIECE = 1 << 20;

  /** As large as measures well on a GPU. */
  static CeilingsProbe large(Driver driver, Precision precision) {
    return new CeilingsProbe(driver, precision, 1L << 30, 8192);
  }

  Ceilings measure() {
    return new Ceilings(bytesPerSecond(), operationsPerSecond());
  }

  private double bytesPerSecond() {
    long from = random(bytes);
    try {
      long to = driver.allocate(bytes);
      try {
        return 2.0 * bytes / seconds(() -> driver.copy(to, from, bytes));
      } finally {
        driver.free(to);
      }
    } finally {
      driver.free(from);
    }
  }

  private double operationsPerSecond() {
    long matrix = precision.activations().bytes((long) side * side);
    Driver.Matrices sizes =
        new Driver.Matrices(side, side, side, false, false, precision, precision.activations());
    long a = random(matrix);
    try {
      long c = driver.allocate(matrix);
      try {
        double operations = 2.0 * side * side * side;
        return operations / seconds(() -> driver.multiply(sizes, c, a, a, 0));
      } finally {
        driver.free(c);
      }
    } finally {
      driver.free(a);
    }
  }

  /** Of one call, when all before have been waited for. */
  private double seconds(Runnable work) {
    work.run();
    double best = Double.POSITIVE_INFINITY;
    for (int run = 0; run < RUNS; run++) {
      driver.synchronize();
      long start = System.nanoTime();
      for (int i = 0; i < AT_ONCE; i++) {
        work.run();
      }
      driver.synchronize();
      best = Math.min(best, (System.nanoTime() - start) / 1e9 / AT_ONCE);
    }
    return best;
  }

  private long random(long size) {
    float[] values = words(PIECE / Float.BYTES);
    long address = driver.allocate(size);
    for (long at = 0; at < size; at += PIECE) {
      int count = (int) (Math.min(PIECE, size - at) / Float.BYTES);
      driver.write(address + at, values, 0, count);
    }
    return address;
  }

  /** Random numbers in whatever type they are read: a float32, or two of either 16-bit type. */
  static float[] words(int count) {
    Random random = new Random(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt() & 0x83ff83ff | 0x38003800);
    }
    return values;
  }
}
