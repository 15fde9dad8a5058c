package dev.selkie.training.data;

/** The order of images in an epoch: Fisher and Yates, from seed and epoch alone. */
public final class Shuffle {
  private Shuffle() {}

  /** Fills the array with 0 to length - 1 in random order. */
  public static void fill(int[] order, long seed, int epoch) {
    long epochSeed = Mix.mix(seed, epoch);
    for (int i = 0; i < order.length; i++) {
      int j = Mix.below(i + 1, Mix.mix(epochSeed, i));
      order[i] = order[j];
      order[j] = i;
    }
  }
}
