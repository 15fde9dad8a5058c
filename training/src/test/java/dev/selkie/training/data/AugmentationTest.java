package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.selkie.runtime.Shape;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final Normalization PIXELS = new Normalization(List.of(0.0), List.of(1 / 255.0));

  /** One image, 3x3, all pixels different. */
  private static final LabeledImages IMAGE =
      new LabeledImages(1, 3, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, new int[1]);

  private final BatchFiller filler =
      new BatchFiller(IMAGE, PIXELS, ImageAdapter.fit(IMAGE, new Shape(1, 3, 3, 1)));

  private float[] fill(Augmentation augmentation, long bits) {
    float[] inputs = new float[9];
    filler.fill(inputs, 0, 0, augmentation, bits);
    return inputs;
  }

  @Test
  void noneLeavesTheImageAlone() {
    for (int i = 0; i < 100; i++) {
      assertArrayEquals(
          new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9},
          fill(Augmentation.NONE, Mix.mix(1, i)),
          10 * Math.ulp(1f));
    }
  }

  @Test
  void aFlipMirrorsLeftToRight() {
    assertArrayEquals(
        new float[] {3, 2, 1, 6, 5, 4, 9, 8, 7},
        fill(new Augmentation(0, true), -1),
        10 * Math.ulp(1f));
  }

  /**
   * Every shift and both sides are equally likely: chi-squared far beyond its 0.1 % point fails.
   */
  @Test
  void everyCropAndFlipIsEquallyLikely() {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    int draws = 18_000;
    for (int i = 0; i < draws; i++) {
      float[] inputs = fill(new Augmentation(1, true), Mix.mix(7, i));
      counts.merge(arrangement(inputs), 1, Integer::sum);
    }
    assertEquals(18, counts.size(), "nine shifts, mirrored or not");
    double expected = draws / 18.0;
    double chiSquared = 0;
    for (int count : counts.values()) {
      chiSquared += (count - expected) * (count - expected) / expected;
    }
    // 17 degrees of freedom, probability 0.001.
    assertTrue(chiSquared < 40.79, "chi-squared " + chiSquared);
  }

  private static List<Integer> arrangement(float[] inputs) {
    Integer[] pixels = new Integer[inputs.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.round(inputs[i]);
    }
    return List.of(pixels);
  }

  @Test
  void fillingABatchAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] inputs = new float[9];
    int[] order = new int[100];
    Augmentation augmentation = new Augmentation(1, true);
    long before = 0;
    for (int round = 0; round < 2; round++) {
      before = threads.getCurrentThreadAllocatedBytes();
      Shuffle.fill(order, 1, round);
      for (int i = 0; i < 100; i++) {
        filler.fill(inputs, 0, 0, augmentation, Mix.mix(3, order[i]));
      }
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(0, allocated, "bytes of Java heap for 100 images");
  }

  @Test
  void aShuffleIsAPermutationAndDiffersByEpoch() {
    int[] first = new int[1000];
    int[] again = new int[1000];
    int[] next = new int[1000];
    Shuffle.fill(first, 1, 1);
    Shuffle.fill(again, 1, 1);
    Shuffle.fill(next, 1, 2);
    assertArrayEquals(first, again);
    assertEquals(1000, java.util.Arrays.stream(first).distinct().count());
    assertTrue(java.util.Arrays.stream(first).allMatch(i -> i >= 0 && i < 1000));
    int equal = 0;
    for (int i = 0; i < 1000; i++) {
      equal += first[i] == next[i] ? 1 : 0;
    }
    // Matches of two random orders are Poisson with mean 1: 20 or more has probability 2e-19.
    assertTrue(equal < 20, equal + " images at the same place in two epochs");
  }
}
