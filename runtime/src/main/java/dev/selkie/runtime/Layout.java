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

  /** Of nothing; generated code gives it sizes by name. */
  public static final Layout EMPTY = new Layout(0, 0, 0, 0, 0);

  public Layout withDecayed(long bytes) {
    return new Layout(bytes, plain, fixed, workspace, planned);
  }

  public Layout withPlain(long bytes) {
    return new Layout(decayed, bytes, fixed, workspace, planned);
  }

  public Layout withFixed(long bytes) {
    return new Layout(decayed, plain, bytes, workspace, planned);
  }

  public Layout withWorkspace(long bytes) {
    return new Layout(decayed, plain, fixed, bytes, planned);
  }

  public Layout withPlanned(long bytes) {
    return new Layout(decayed, plain, fixed, workspace, bytes);
  }

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
