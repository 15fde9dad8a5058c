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

  /** Padding 4, as usual for small images, and flips. */
  public static final Augmentation CROP_AND_FLIP = new Augmentation(4, true);

  /** Padding 4 alone, for digits: a mirrored 2 is not a 2. */
  public static final Augmentation CROP = new Augmentation(4, false);

  /** Flips alone, for what is already anywhere in the image. */
  public static final Augmentation FLIP = new Augmentation(0, true);

  public Augmentation {
    if (crop < 0) {
      throw new IllegalArgumentException("padding for random crops is at least 0, not " + crop);
    }
  }
}
