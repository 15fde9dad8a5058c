package dev.selkie.processor.describe;

/**
 * The sizes and weights of text in a drawing. All is set in one fixed-width family, so that the
 * width of a text is known without its font.
 */
enum Lettering {
  TITLE(26, "bold", "#17212b"),
  HEADING(14, "bold", "#17212b"),
  FIGURE(14, "normal", "#17212b"),
  NAME(11, "bold", "#17212b"),
  DATA(11, "normal", "#36424e"),
  FAINT(11, "normal", "#9aa4ae"),
  CAPTION(10, "normal", "#66727e"),
  INSIDE(8, "normal", "#17212b");

  /** Widths in ems: fixed-width fonts take 0.55 to 0.602; full-width characters take one. */
  private static final double ADVANCE = 0.605;

  private static final double FULL_WIDTH = 1.05;
  private static final int FIRST_FULL_WIDTH = 0x1100;
  private static final int ELLIPSIS = '\u2026';

  private final int size;
  private final String weight;
  private final String colour;

  Lettering(int size, String weight, String colour) {
    this.size = size;
    this.weight = weight;
    this.colour = colour;
  }

  int size() {
    return size;
  }

  String style() {
    return ".%s{font-size:%spx;font-weight:%s;fill:%s}".formatted(name(), size, weight, colour);
  }

  double width(String text) {
    return size * text.codePoints().mapToDouble(Lettering::advance).sum();
  }

  /**
   * The text, or as much of its start as fits with an ellipsis behind it; empty where none fits.
   */
  String shortened(String text, double room) {
    if (width(text) <= room) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    for (int keep = points.length - 1; keep > 0; keep--) {
      String shorter = new String(points, 0, keep) + Character.toString(ELLIPSIS);
      if (width(shorter) <= room) {
        return shorter;
      }
    }
    return "";
  }

  private static double advance(int point) {
    return point >= FIRST_FULL_WIDTH && point != ELLIPSIS ? FULL_WIDTH : ADVANCE;
  }
}
