package dev.selkie.processor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.annotation.Network;
import dev.selkie.processor.testing.Compiler;
import dev.selkie.processor.testing.Marked;
import dev.selkie.processor.testing.Outcome;
import dev.selkie.processor.testing.Workspace;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each member of each annotation with values that nobody means: what comes of it compiles, or is a
 * message of ours within that annotation. One line of source for each.
 */
class ExtremeValuesTest {
  private static final List<String> INTS =
      List.of("Integer.MIN_VALUE", "-1", "0", "1", "3", "46341", "1 << 29", "Integer.MAX_VALUE");

  private static final List<String> LONGS =
      List.of("Long.MIN_VALUE", "-1", "0", "1", "1L << 40", "Long.MAX_VALUE");

  private static final List<String> DOUBLES =
      List.of(
          "Double.NaN",
          "Double.NEGATIVE_INFINITY",
          "Double.POSITIVE_INFINITY",
          "-Double.MAX_VALUE",
          "-1",
          "-0.0",
          "0",
          "Double.MIN_VALUE",
          "1e-46",
          "0.99999999999",
          "1",
          "1e39",
          "Double.MAX_VALUE");

  private static final List<String> ARRAYS =
      List.of(
          "{}",
          "{0}",
          "{-1}",
          "{1, 3}",
          "{1, 3, 5}",
          "{1, 1, 1, 1}",
          "{Integer.MIN_VALUE, 1}",
          "{1, Integer.MAX_VALUE}",
          "{1 << 29, 1 << 29}");

  /** What a layer needs at least to be sound on 4x8x8, inside a block. */
  private static final Map<String, String> LAYERS =
      Map.ofEntries(
          Map.entry("AveragePool", "kernel = 2"),
          Map.entry("BatchNorm", ""),
          Map.entry("ChannelShuffle", "groups = 2"),
          Map.entry("ChannelSplit", "part = 1"),
          Map.entry("Conv", "out = 4"),
          Map.entry("Dense", "out = 4"),
          Map.entry("Dropout", "rate = 0.5"),
          Map.entry("MaxPool", "kernel = 2"),
          Map.entry("PaddedShortcut", "out = 8"),
          Map.entry("SelectiveKernel", "out = 4, groups = 1"),
          Map.entry("Shortcut", "out = 8"),
          Map.entry("SqueezeExcite", "reduction = 2"),
          Map.entry("Stage", "block = Unit.class, width = 4"),
          Map.entry("Times", "factor = 2"));

  private static final String UNIT =
      """
      @Block interface Unit {
        @Conv(widths = 1, strided = true) Tensor first(Tensor x);
        @MaxPool(kernel = 1) Tensor last(Tensor first);
      }
      """;

  @ParameterizedTest
  @EnumSource
  void ofLayers(Compiler compiler) {
    List<String> lines = new ArrayList<>();
    for (String kind : LAYERS.keySet().stream().sorted().toList()) {
      for (Method member : members(kind)) {
        for (String value : values(member)) {
          lines.add(layer(lines.size(), kind, Map.of(member.getName(), value)));
        }
      }
    }
    assertTrue(lines.size() > 400, "only " + lines.size());
    require(compiler, lines, false);
  }

  @ParameterizedTest
  @EnumSource
  void ofNetworks(Compiler compiler) {
    List<String> lines = new ArrayList<>();
    for (String member : List.of("maxParameters", "maxMegabytes")) {
      LONGS.forEach(value -> lines.add(network(lines.size(), "4, 8, 8", member + " = " + value)));
    }
    for (String value : INTS) {
      lines.add(network(lines.size(), "4, 8, 8", "batch = " + value));
      lines.add(network(lines.size(), "4, 8, 8", "maxMegabytes = 1, batch = " + value));
      lines.add(network(lines.size(), value + ", 8, 8", "batch = 1"));
      lines.add(network(lines.size(), "4, " + value + ", 8", "batch = Integer.MAX_VALUE"));
      lines.add(network(lines.size(), "4, 8, " + value, "batch = 1"));
      lines.add(network(lines.size(), value + ", " + value + ", " + value, "batch = 1"));
    }
    require(compiler, lines, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void ofSeveralMembersAtOnce(int seed) {
    Random random = new Random(seed);
    List<String> kinds = LAYERS.keySet().stream().sorted().toList();
    List<String> lines = new ArrayList<>();
    while (lines.size() < 60) {
      String kind = kinds.get(random.nextInt(kinds.size()));
      Map<String, String> members = new LinkedHashMap<>();
      for (Method member : members(kind)) {
        List<String> values = values(member);
        if (random.nextInt(3) > 0) {
          members.put(member.getName(), values.get(random.nextInt(values.size())));
        }
      }
      lines.add(layer(lines.size(), kind, members));
    }
    require(Compiler.any(random), lines, true);
  }

  /** A network of a stage of a block with the layer, which a dense one follows. */
  private static String layer(int number, String kind, Map<String, String> members) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String given : LAYERS.get(kind).split(", (?=\\w+ =)")) {
      if (!given.isEmpty()) {
        all.put(given.replaceFirst(" =.*", ""), given.replaceFirst(".*?= ", ""));
      }
    }
    if (members.containsKey("widths")) {
      all.remove("out");
    }
    all.putAll(members);
    String written =
        all.entrySet().stream()
            .map(member -> member.getKey() + " = " + member.getValue())
            .collect(Collectors.joining(", "));
    return "@Block interface B%s { @%s(%s) Tensor a(Tensor x); } %s"
        .formatted(
            number,
            kind,
            written,
            network(
                number,
                "4, 8, 8",
                "batch = 1",
                "@Conv(out = 4) Tensor stem(Tensor image);"
                    + "@Stage(block = B%s.class%s) Tensor stage(Tensor stem);"
                        .formatted(number, members.containsKey("widths") ? ", width = 4" : ""),
                "stage"));
  }

  private static String network(int number, String input, String members) {
    return network(number, input, members, "", "image");
  }

  private static String network(
      int number, String input, String members, String layers, String last) {
    String[] size = input.split(", ");
    return ("@Network(input = @Input(channels = %s, height = %s, width = %s), %s) interface N%s {%s"
            + " @Dense(out = 2) Tensor logits(Tensor %s); }")
        .formatted(size[0], size[1], size[2], members, number, layers, last);
  }

  /** In an order that does not depend on the machine. */
  private static List<Method> members(String kind) {
    try {
      return Stream.of(
              Class.forName(Network.class.getPackageName() + "." + kind).getDeclaredMethods())
          .filter(member -> !values(member).isEmpty())
          .sorted(Comparator.comparing(Method::getName))
          .toList();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> values(Method member) {
    Class<?> type = member.getReturnType();
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(each -> type.getSimpleName() + "." + each)
          .toList();
    }
    return switch (type.getSimpleName()) {
      case "int" -> INTS;
      case "long" -> LONGS;
      case "double" -> DOUBLES;
      case "int[]" -> ARRAYS;
      case "boolean" -> List.of("false", "true");
      default -> List.of();
    };
  }

  /**
   * @param whole whether what is generated is compiled, too
   */
  private static void require(Compiler compiler, List<String> lines, boolean whole) {
    String source = Marked.parse(String.join("\n", lines) + "\n" + UNIT).source();
    try (Workspace workspace = new Workspace()) {
      Outcome outcome =
          whole
              ? workspace.compile(compiler, source)
              : workspace.compile(compiler, source, "-proc:only");
      for (Diagnostic<? extends JavaFileObject> error : outcome.errors()) {
        String text = Outcome.text(error);
        int number = (int) error.getLineNumber() - 2;
        // Of a stage's values, some show in the block.
        String line = number < lines.size() ? lines.get(number) : UNIT + "@Dense(out = 2)";
        int column =
            (int) error.getPosition() - source.indexOf(number < lines.size() ? line : UNIT);
        assertTrue(text.matches("\\[(?!InternalError)\\w+\\] .*"), text + "\n" + line);
        assertTrue(column < line.indexOf("@Dense(out = 2)"), text + "\n" + line);
      }
    }
  }
}
