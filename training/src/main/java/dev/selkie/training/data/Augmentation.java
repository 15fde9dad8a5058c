package dev.selkie.training.data;

/**
 * Random changes of training images.
 *
 * @param crop rows and columns of black added on each side before a crop of the old size is taken
 *     at random (He et al., 2015); 0 for none
 * @param flip whether half of the images are mirrored left to right
 */
public record Augmentation(int crop, boolean flip) {
  public static final Augmentation NONE = new Augmentation(0, false);

  public Augmentation {
    if (crop < 0) {
      throw new IllegalArgumentException("padding for random crops is at least 0, not " + crop);
    }
  }

  /** Padding 4, as usual for small images, and flips where they keep the class. */
  public static Augmentation standard(DataSet data) {
    return new Augmentation(4, data.mirrored());
  }
}
