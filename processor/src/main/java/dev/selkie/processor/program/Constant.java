package dev.selkie.processor.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A geometry that layers of equal sizes share.
 *
 * @param name such as {@code CONV_3X3_STRIDE2}; says all of its values
 * @param type simple name of its type in {@code dev.selkie.runtime}
 * @param values arguments of its constructor
 */
public record Constant(String name, String type, List<Object> values) {

  public static Constant conv(
      int height,
      int width,
      int stride,
      int dilation,
      int paddingHeight,
      int paddingWidth,
      int groups) {
    List<String> parts = new ArrayList<>(List.of("CONV_" + height + "X" + width));
    unlessOne(parts, "STRIDE", stride);
    unlessOne(parts, "DILATION", dilation);
    if (paddingHeight != dilation * (height - 1) / 2
        || paddingWidth != dilation * (width - 1) / 2) {
      parts.add(
          "PADDING" + paddingHeight + (paddingWidth == paddingHeight ? "" : "X" + paddingWidth));
    }
    unlessOne(parts, "GROUPS", groups);
    return new Constant(
        String.join("_", parts),
        "ConvGeometry",
        List.of(height, width, stride, dilation, paddingHeight, paddingWidth, groups));
  }

  public static Constant pool(int kernel, int stride, int padding, boolean countPadding) {
    return new Constant(
        "POOL_%sX%s_STRIDE%s_PADDING%s%s"
            .formatted(kernel, kernel, stride, padding, countPadding ? "" : "_INSIDE"),
        "PoolGeometry",
        List.of(kernel, stride, padding, countPadding));
  }

  public String arguments() {
    return values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static void unlessOne(List<String> parts, String word, int value) {
    if (value != 1) {
      parts.add(word + value);
    }
  }
}
