package dev.selkie.runtime;

/**
 * Sizes of a network's arena in bytes, in the order of its regions, each a multiple of 64.
 *
 * @param decayed parameters with weight decay; as much again for their gradients
 * @param plain parameters without; as much again for their gradients
 * @param fixed statistics and folded weights
 * @param workspace per sample: input, logits, sums, excitations; never reused
 * @param planned per sample: activations and their gradients, reused as their lifetimes allow
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

  public long bytes(int batch) {
    return Math.addExact(bytesFixed(), Math.multiplyExact(bytesPerSample(), (long) batch));
  }
}
