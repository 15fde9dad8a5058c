package dev.selkie.training.data;

import java.util.List;

/**
 * Images to train on and others to test with.
 *
 * @param classes a name for each class number
 * @param normalization of the training images
 * @param augmentation random changes that keep the class, unless training is told otherwise
 * @param origin where the images came from, for people
 */
public record DataSet(
    String name,
    List<String> classes,
    LabeledImages train,
    LabeledImages test,
    Normalization normalization,
    Augmentation augmentation,
    String origin) {

  /**
   * @throws DataException where a part is empty, a label is not the number of a class, or the two
   *     parts differ in their images' size
   */
  public DataSet {
    classes = List.copyOf(classes);
    requireLabels(name, "training", train, classes.size());
    requireLabels(name, "test", test, classes.size());
    if (train.channels() != test.channels()
        || train.height() != test.height()
        || train.width() != test.width()) {
      throw new DataException(
          "%s: training images are %s, but test images are %s"
              .formatted(name, size(train), size(test)));
    }
  }

  /** A data set normalised by its own training images. */
  public static DataSet of(
      String name,
      List<String> classes,
      LabeledImages train,
      LabeledImages test,
      Augmentation augmentation,
      String origin) {
    return new DataSet(name, classes, train, test, Normalization.of(train), augmentation, origin);
  }

  /** The same with at most that many images in each part. */
  public DataSet first(int trainCount, int testCount) {
    return new DataSet(
        name,
        classes,
        train.first(trainCount),
        test.first(testCount),
        normalization,
        augmentation,
        origin);
  }

  private static String size(LabeledImages images) {
    return "%dx%dx%d".formatted(images.channels(), images.height(), images.width());
  }

  private static void requireLabels(String name, String part, LabeledImages images, int classes) {
    if (images.count() == 0) {
      throw new DataException("%s has no %s images".formatted(name, part));
    }
    for (int i = 0; i < images.count(); i++) {
      if (images.label(i) < 0 || images.label(i) >= classes) {
        throw new DataException(
            "%s: %s image %d has label %d, but there are %d classes (0 to %d)"
                .formatted(name, part, i, images.label(i), classes, classes - 1));
      }
    }
  }
}
