package dev.selkie.runtime;

/**
 * Sizes of a network's arena in bytes, in the order of its regions, each a multiple of 64.
 *
 * @param decayed parameters with weight decay; as much again for their gradients
 * @param plain parameters without; as much again for their gradients
 * @param fixed statistics and folded weights
 * @param workspace per sample: input, logits, sums, excitations; never reused
 * @param planned per sample: activations and their gradients, reused as their lifetimes allow; in
 *     16 bits all offsets and sizes are half of these, so masks and winners, which do not shrink,
 *     are planned twice as large as they are
 */
public record Layout(long decayed, long plain, long fixed, long workspace, long planned) {
  /** Every buffer starts at a multiple of this, in bytes. */
  public static final int ALIGNMENT = 64;

  public static long align(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  public long bytesFixed() {
    return 2 * decayed + 2 * plain + fixed;
  }

  public long bytesPerSample() {
    return workspace + planned;
  }

  /** Of the whole arena, with float32 activations. */
  public long bytes(int batch) {
    return bytes(batch, Element.FLOAT32);
  }

  /** Of the whole arena: what is planned shrinks with the activations' type. */
  public long bytes(int batch, Element activations) {
    long perSample = workspace + planned * activations.bits() / Element.FLOAT32.bits();
    return Math.addExact(bytesFixed(), Math.multiplyExact(perSample, (long) batch));
  }
}
