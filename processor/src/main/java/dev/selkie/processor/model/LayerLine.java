package dev.selkie.processor.model;

import dev.selkie.processor.model.LayerDeclaration.Edge;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A layer as one line of text, in the user's grammar: {@code @Conv(kernel = 3, widths = 1)
 * first(x)}. Members that were written, by name; defaults are left out.
 *
 * @param text the whole line
 * @param name of the layer
 * @param reads names of its edges, in order
 */
public record LayerLine(String text, String name, List<String> reads) {
  public LayerLine {
    reads = List.copyOf(reads);
  }

  /** The lines of a model that was read without problems. */
  public static List<LayerLine> of(ModelDeclaration model) {
    return model.layers().stream().map(LayerLine::of).toList();
  }

  private static LayerLine of(LayerDeclaration layer) {
    List<String> members = new ArrayList<>();
    for (String member : layer.valueSites().keySet().stream().sorted().toList()) {
      members.add(member + " = " + value(layer, member));
    }
    List<String> reads = layer.edges().stream().map(Edge::name).toList();
    String written = members.isEmpty() ? "" : "(" + String.join(", ", members) + ")";
    String signature = layer.name() + "(" + String.join(", ", reads) + ")";
    return new LayerLine("@" + layer.kind() + written + " " + signature, layer.name(), reads);
  }

  private static String value(LayerDeclaration layer, String member) {
    Object value = layer.values().get(member);
    if (value == null) {
      return layer.block() == null ? "" : layer.block().qualifiedName();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
    }
    return value instanceof Double real && Double.isFinite(real) ? shortest(real) : "" + value;
  }

  /** The fewest digits that tell a number from all others; {@code toString} differs among JDKs. */
  private static String shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    int digits = 1;
    while (exact.round(new MathContext(digits)).doubleValue() != value) {
      digits++;
    }
    return exact.round(new MathContext(digits)).stripTrailingZeros().toString();
  }

  /** Null where the text is no layer's line. Members are not looked at. */
  public static LayerLine parse(String text) {
    int open = text.lastIndexOf('(');
    int name = text.lastIndexOf(' ', open) + 1;
    if (!text.startsWith("@") || !text.endsWith(")") || name < 1 || name >= open) {
      return null;
    }
    String inside = text.substring(open + 1, text.length() - 1);
    List<String> reads = inside.isEmpty() ? List.of() : Arrays.asList(inside.split(", ", -1));
    return new LayerLine(text, text.substring(name, open), reads);
  }
}
