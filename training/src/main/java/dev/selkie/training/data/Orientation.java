package dev.selkie.training.data;

/**
 * How a stored picture has to be turned or mirrored to stand upright: tag 274 of TIFF 6.0 and EXIF,
 * in the order of its values 1 to 8. The names say what a viewer does; a mirroring comes first.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, false, true),
  UPSIDE_DOWN(false, true, true),
  MIRRORED_UPSIDE_DOWN(false, true, false),
  TRANSPOSED(true, false, false),
  CLOCKWISE(true, true, false),
  TRANSVERSED(true, true, true),
  ANTICLOCKWISE(true, false, true);

  private final boolean turned;
  private final boolean rowsReversed;
  private final boolean columnsReversed;

  Orientation(boolean turned, boolean rowsReversed, boolean columnsReversed) {
    this.turned = turned;
    this.rowsReversed = rowsReversed;
    this.columnsReversed = columnsReversed;
  }

  /** Of the tag's value; what the standard does not know is upright, as viewers have it. */
  static Orientation of(int tag) {
    return tag >= 1 && tag <= values().length ? values()[tag - 1] : UPRIGHT;
  }

  /** Whether stored rows become columns. */
  boolean turned() {
    return turned;
  }

  /** The stored row of an upright pixel, in a stored picture of that size. */
  int row(int y, int x, int height, int width) {
    int row = turned ? x : y;
    return rowsReversed ? height - 1 - row : row;
  }

  /** The stored column of an upright pixel. */
  int column(int y, int x, int height, int width) {
    int column = turned ? y : x;
    return columnsReversed ? width - 1 - column : column;
  }
}
