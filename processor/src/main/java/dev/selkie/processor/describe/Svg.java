package dev.selkie.processor.describe;

/** Writes the elements of an SVG drawing; text is escaped and kept within its room. */
final class Svg {
  private final StringBuilder body = new StringBuilder();

  /** Where a text's x lies. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** Begins a group whose tooltip is {@code title}; {@link #end} ends it. */
  void begin(String title) {
    body.append("<g>");
    title(title);
    body.append('\n');
  }

  void end() {
    body.append("</g>\n");
  }

  void rectangle(String style, double x, double y, double width, double height) {
    open("rect", style);
    attribute("x", x);
    attribute("y", y);
    attribute("width", width);
    attribute("height", height);
    body.append("/>\n");
  }

  /** A rectangle with a tooltip. */
  void rectangle(String style, double x, double y, double width, double height, String title) {
    begin(title);
    rectangle(style, x, y, width, height);
    end();
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    open("line", style);
    attribute("x1", x1);
    attribute("y1", y1);
    attribute("x2", x2);
    attribute("y2", y2);
    body.append("/>\n");
  }

  /** A path; its data holds commands and coordinates. */
  void path(String style, Object... data) {
    open("path", style);
    body.append(" d=\"");
    for (int i = 0; i < data.length; i++) {
      body.append(i == 0 ? "" : " ");
      body.append(
          data[i] instanceof Number n ? Numbers.coordinate(n.doubleValue()) : data[i].toString());
    }
    body.append("\"/>\n");
  }

  /**
   * One line of text on its baseline, shortened to fit; what was cut stands in its tooltip.
   *
   * @param room the most it may take, in pixels
   */
  void text(Lettering lettering, Anchor anchor, double x, double y, double room, String text) {
    String shown = lettering.shortened(text, room);
    if (shown.isEmpty()) {
      return;
    }
    open("text", lettering.name());
    attribute("x", x);
    attribute("y", y);
    if (anchor != Anchor.START) {
      body.append(" text-anchor=\"").append(anchor == Anchor.END ? "end" : "middle").append('"');
    }
    body.append('>');
    if (!shown.equals(text)) {
      title(text);
    }
    body.append(Entities.xml(shown)).append("</text>\n");
  }

  void text(Lettering lettering, double x, double y, String text) {
    text(lettering, Anchor.START, x, y, Double.MAX_VALUE, text);
  }

  /** The whole file. */
  String document(double width, double height, String title, String styles) {
    String w = Numbers.coordinate(width);
    String h = Numbers.coordinate(height);
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s">
        <title>%s</title>
        <style>
        %s</style>
        %s</svg>
        """
        .formatted(w, h, w, h, Entities.xml(title), styles, body);
  }

  private void title(String title) {
    body.append("<title>").append(Entities.xml(title)).append("</title>");
  }

  private void open(String element, String style) {
    body.append('<').append(element).append(" class=\"").append(style).append('"');
  }

  private void attribute(String name, double value) {
    body.append(' ').append(name).append("=\"").append(Numbers.coordinate(value)).append('"');
  }
}
