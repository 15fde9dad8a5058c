package dev.selkie.processor.describe;

import dev.selkie.processor.describe.Svg.Anchor;

/**
 * Where the columns of a panel stand: on one line, or on two where panels stand side by side.
 *
 * @param rowHeight of one layer
 * @param bars left end of the bars; they reach to the right edge
 */
record PanelForm(
    double width,
    double rowHeight,
    Column name,
    Column operation,
    Column output,
    Column parameters,
    Column multiplyAdds,
    Column bars) {

  /**
   * One column.
   *
   * @param x its left end within the panel
   * @param y its middle within a row
   */
  record Column(double x, double y, double width, Anchor anchor) {

    void text(Svg svg, Lettering lettering, double left, double top, String text) {
      double at = anchor == Anchor.END ? x + width : x;
      double baseline = top + y + lettering.size() * 0.36;
      svg.text(lettering, anchor, left + at, baseline, width, text);
    }
  }

  static final PanelForm WIDE =
      new PanelForm(
          800,
          18,
          new Column(12, 9, 150, Anchor.START),
          new Column(170, 9, 206, Anchor.START),
          new Column(380, 9, 100, Anchor.END),
          new Column(488, 9, 90, Anchor.END),
          new Column(586, 9, 110, Anchor.END),
          new Column(710, 9, 78, Anchor.START));

  static final PanelForm NARROW =
      new PanelForm(
          404,
          32,
          new Column(12, 9, 166, Anchor.START),
          new Column(186, 9, 206, Anchor.START),
          new Column(12, 23, 98, Anchor.START),
          new Column(112, 23, 84, Anchor.END),
          new Column(200, 23, 108, Anchor.END),
          new Column(316, 23, 76, Anchor.START));
}
