package dev.selkie.training.data;

/**
 * Writes images as network inputs into an array that is used again and again: adapted, augmented,
 * normalised. Allocates nothing after its construction.
 */
public final class BatchFiller {
  private final LabeledImages images;
  private final ImageAdapter adapter;
  private final float[][] tables;

  public BatchFiller(LabeledImages images, Normalization normalization, ImageAdapter adapter) {
    this.images = images;
    this.adapter = adapter;
    this.tables = new float[images.channels()][];
    for (int c = 0; c < tables.length; c++) {
      tables[c] = normalization.table(c);
    }
  }

  public int inputSize() {
    return adapter.inputSize();
  }

  /** The image as it is, into place {@code slot} of the batch. */
  public void fill(float[] inputs, int slot, int image) {
    fill(inputs, slot, image, 0, 0, false);
  }

  /**
   * The image, shifted and mirrored as the bits say: padding, then cropping at random, shifts by
   * -crop to crop.
   */
  public void fill(float[] inputs, int slot, int image, Augmentation augmentation, long bits) {
    int range = 2 * augmentation.crop() + 1;
    int down = Mix.below(range, bits) - augmentation.crop();
    int right = Mix.below(range, Mix.mix(bits, 1)) - augmentation.crop();
    boolean mirrored = augmentation.flip() && bits < 0;
    fill(inputs, slot, image, down, right, mirrored);
  }

  /** Mirrors within the image, then shifts; what comes in from outside is black. */
  private void fill(float[] inputs, int slot, int image, int down, int right, boolean mirrored) {
    int to = slot * adapter.inputSize();
    for (int y = 0; y < adapter.height(); y++) {
      int row = y - adapter.top() - down;
      boolean rowInside = row >= 0 && row < images.height();
      for (int x = 0; x < adapter.width(); x++) {
        int column = x - adapter.left() - right;
        boolean inside = rowInside && column >= 0 && column < images.width();
        int source = mirrored ? images.width() - 1 - column : column;
        int from = inside ? offset(image, row, source) : -1;
        for (int c = 0; c < adapter.channels(); c++) {
          int channel = images.channels() == 1 ? 0 : c;
          int pixel = inside ? images.pixels()[from + channel] & 0xff : 0;
          inputs[to++] = tables[channel][pixel];
        }
      }
    }
  }

  private int offset(int image, int row, int column) {
    return ((image * images.height() + row) * images.width() + column) * images.channels();
  }
}
