package dev.selkie.processor.describe;

/** Character references, as XML and Markdown both know them: files stay ASCII in any encoding. */
final class Entities {
  private static final int FIRST_BEYOND_ASCII = 0x80;

  private Entities() {}

  /** Characters beyond ASCII become references. */
  static String ascii(String text) {
    StringBuilder ascii = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (point < FIRST_BEYOND_ASCII) {
                ascii.append((char) point);
              } else {
                ascii.append("&#").append(point).append(';');
              }
            });
    return ascii.toString();
  }

  /** The same for XML: its own characters become references too. */
  static String xml(String text) {
    String escaped =
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
    return ascii(escaped);
  }
}
