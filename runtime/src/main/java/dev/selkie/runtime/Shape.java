package dev.selkie.runtime;

/** Dimensions of a tensor in NHWC order; the last one is contiguous in memory. */
public record Shape(int batch, int height, int width, int channels) {

  public Shape {
    if (batch < 1 || height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "a shape needs positive sizes, not "
              + String.join("x", "" + batch, "" + height, "" + width, "" + channels));
    }
  }

  /** A row of {@code channels} values. */
  public static Shape vector(int channels) {
    return new Shape(1, 1, 1, channels);
  }

  public int positions() {
    return height * width;
  }

  /** Values of one sample. */
  public int perSample() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  public long elements() {
    return (long) batch * perSample();
  }

  /** Batch, then channels x height x width as PyTorch writes them. */
  @Override
  public String toString() {
    return batch + "x" + channels + "x" + height + "x" + width;
  }
}
