package dev.selkie.processor.graph;

/** The shape of one sample of a value. */
public record Dims(int channels, int height, int width) {

  public int positions() {
    return Math.multiplyExact(height, width);
  }

  public int elements() {
    return Math.multiplyExact(channels, positions());
  }

  public boolean sameSpace(Dims other) {
    return height == other.height && width == other.width;
  }

  /** Channels x height x width, as the user's messages have it. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
