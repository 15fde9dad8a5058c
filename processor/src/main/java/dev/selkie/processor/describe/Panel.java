package dev.selkie.processor.describe;

import dev.selkie.processor.graph.Dims;

/** Draws one group: its layers as rows, with counts and bars. */
final class Panel {
  private static final double MARGIN = 4;
  private static final double BAR = 4;

  private final Svg svg;
  private final PanelForm form;
  private final Summary summary;
  private final LayerBytes bytes;
  private final long mostMultiplyAdds;

  Panel(Svg svg, PanelForm form, Summary summary, LayerBytes bytes) {
    this.svg = svg;
    this.form = form;
    this.summary = summary;
    this.bytes = bytes;
    this.mostMultiplyAdds =
        summary.rows().stream().mapToLong(Summary.Row::multiplyAdds).max().orElse(0);
  }

  static double height(Group group, PanelForm form) {
    int rows = group.isInput() || group.isLayer() ? 1 : group.rows().size() + 1;
    return rows * form.rowHeight() + 2 * MARGIN + (rows > 1 ? MARGIN : 0);
  }

  void draw(Arrangement.Box box) {
    Group group = box.group();
    double y = box.y() + MARGIN;
    svg.rectangle("panel", box.x(), box.y(), box.width(), box.height());
    if (group.isInput()) {
      form.name().text(svg, Lettering.NAME, box.x(), y, group.name());
      dims(Lettering.DATA, box.x(), y, summary.input());
    } else if (group.isLayer()) {
      layer(Lettering.NAME, group, group.last(), box.x(), y);
    } else {
      heading(group, box);
      y += form.rowHeight() + MARGIN;
      for (Summary.Row row : group.rows()) {
        layer(Lettering.DATA, group, row, box.x(), y);
        y += form.rowHeight();
      }
    }
  }

  /** Names above the columns. */
  void columns(double x, double y) {
    form.name().text(svg, Lettering.CAPTION, x, y, "layer");
    form.operation().text(svg, Lettering.CAPTION, x, y, "operation");
    form.output().text(svg, Lettering.CAPTION, x, y, "output c x h x w");
    form.parameters().text(svg, Lettering.CAPTION, x, y, "parameters");
    form.multiplyAdds().text(svg, Lettering.CAPTION, x, y, "multiply-adds");
  }

  private void heading(Group group, Arrangement.Box box) {
    double y = box.y() + MARGIN;
    svg.rectangle("head", box.x() + 0.5, box.y() + 0.5, box.width() - 1, form.rowHeight() + MARGIN);
    svg.begin(group.name());
    form.name().text(svg, Lettering.NAME, box.x(), y, group.name());
    form.operation().text(svg, Lettering.FAINT, box.x(), y, group.rows().size() + " layers");
    dims(Lettering.NAME, box.x(), y, group.last().output());
    form.parameters().text(svg, Lettering.NAME, box.x(), y, Numbers.grouped(group.parameters()));
    form.multiplyAdds()
        .text(svg, Lettering.NAME, box.x(), y, Numbers.grouped(group.multiplyAdds()));
    svg.end();
  }

  private void layer(Lettering lettering, Group group, Summary.Row row, double x, double y) {
    svg.begin(tooltip(row));
    form.name().text(svg, lettering, x, y, group.local(row));
    form.operation().text(svg, Lettering.DATA, x, y, row.layer().label());
    dims(Lettering.DATA, x, y, row.output());
    count(form.parameters(), x, y, row.parameters());
    count(form.multiplyAdds(), x, y, row.multiplyAdds());
    PanelForm.Column bars = form.bars();
    double middle = y + bars.y();
    bar("multiply-adds", x, middle - BAR - 0.5, row.multiplyAdds(), mostMultiplyAdds);
    bar("bytes", x, middle + 0.5, bytes.of(row), bytes.most());
    svg.end();
  }

  private void bar(String style, double x, double y, long value, long most) {
    if (value > 0) {
      double width = Math.max(1, form.bars().width() * value / most);
      svg.rectangle(style, x + form.bars().x(), y, width, BAR);
    }
  }

  private void count(PanelForm.Column column, double x, double y, long value) {
    column.text(svg, value == 0 ? Lettering.FAINT : Lettering.DATA, x, y, Numbers.grouped(value));
  }

  private void dims(Lettering lettering, double x, double y, Dims dims) {
    form.output().text(svg, lettering, x, y, dims.toString());
  }

  private String tooltip(Summary.Row row) {
    return "%s: %s, %s, %s parameters, %s multiply-adds, %s bytes per sample"
        .formatted(
            row.layer().path(),
            row.layer().label(),
            row.output(),
            Numbers.grouped(row.parameters()),
            Numbers.grouped(row.multiplyAdds()),
            Numbers.grouped(bytes.of(row)));
  }
}
