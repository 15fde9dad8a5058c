package dev.selkie.random;

/** The shape of one image's value. */
record Dims(int channels, int height, int width) {
  int positions() {
    return height * width;
  }

  int elements() {
    return channels * positions();
  }

  Dims withChannels(int number) {
    return new Dims(number, height, width);
  }

  boolean sameSpace(Dims other) {
    return height == other.height && width == other.width;
  }
}
