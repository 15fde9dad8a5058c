package dev.selkie.training.data;

/**
 * Random numbers without state: the same arguments give the same bits on every machine and in any
 * order of calls. SplitMix64's finaliser (Steele, Lea and Flood, 2014).
 */
public final class Mix {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Mix() {}

  /** 64 bits that depend on both. */
  public static long mix(long seed, long number) {
    long z = seed + GOLDEN * (number + 1);
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** A number from 0 to below the bound, from 32 of the bits. */
  public static int below(int bound, long bits) {
    return (int) (((bits & 0xffffffffL) * bound) >>> 32);
  }
}
