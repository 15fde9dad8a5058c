package dev.selkie.processor.graph.op;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Operand;
import java.util.List;

/** What layers that join several inputs say when their shapes do not meet. */
final class Join {
  private Join() {}

  /** Names the path, both layers, both shapes, and a way out. */
  static String mismatch(String path, String verb, List<Operand> inputs, Operand second) {
    Operand first = inputs.get(0);
    String link =
        switch (verb) {
          case "adds" -> "to";
          case "multiplies" -> "by";
          default -> "and";
        };
    return "%s %s %s %s %s; %s"
        .formatted(path, verb, first, link, second, wayOut(first, second, verb));
  }

  private static String wayOut(Operand first, Operand second, String verb) {
    Dims a = first.dims();
    Dims b = second.dims();
    if (!a.sameSpace(b)) {
      Operand larger =
          a.height() * (long) a.width() > b.height() * (long) b.width() ? first : second;
      String strided = larger.layer().contains("shortcut") ? "mark the " : "give ";
      return strided.startsWith("mark")
          ? strided + larger.layer() + " strided"
          : "give both the same strides and paddings, such as a stride in " + larger.layer();
    }
    return verb.equals("multiplies")
        ? "give both the same channels"
        : "give both the same channels, or read one through a @Shortcut or a 1x1 @Conv";
  }
}
