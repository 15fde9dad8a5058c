package dev.selkie.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.testing.Compiler;
import dev.selkie.processor.testing.Marked;
import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Outcome;
import dev.selkie.processor.testing.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Whatever a sidecar says, the network compiles or gives our errors. The number of the repetition
 * is the seed.
 */
class SidecarFuzzTest {
  private static final String UNIT =
      """
      @Block interface Unit {
        @Conv(widths = 1, kernel = 3) Tensor narrow(Tensor x);
        @Dropout(rate = 0.25) Tensor drop(Tensor narrow);
        @Add(activation = Activation.RELU) Tensor out(Tensor drop, Tensor narrow);
      }
      """;

  private static final List<String> LINES =
      List.of(
          "@Conv(kernel = 3, widths = 1) narrow(x)",
          "@Dropout(rate = 0.25) drop(narrow)",
          "@Add(activation = RELU) out(drop, narrow)");

  private static final String NETWORK =
      Mistake.network(
          """
          @Stage(block = Unit.class, width = 8) Tensor stage(Tensor image);
          @Dense(out = 8) Tensor logits(Tensor stage);
          """);

  @RepeatedTest(60)
  void giveOurErrorsOrCompile(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    String sidecar = sidecar(mutated(random));
    Compiler library = Compiler.any(random);
    Compiler network = Compiler.any(random);
    try (Workspace workspace = new Workspace()) {
      Outcome written =
          workspace.compile(library, List.of(), Marked.parse(UNIT + sidecar).source());
      assertEquals(List.of(), written.errors());
      workspace.jar();
      Outcome outcome = workspace.compile(network, Marked.parse(NETWORK).source());
      assertEquals(outcome.errors(), outcome.ours(), sidecar);
      for (var error : outcome.errors()) {
        assertTrue(!Outcome.text(error).startsWith("[InternalError]"), () -> error + sidecar);
      }
    }
  }

  @RepeatedTest(20)
  void orderOfLayersCarriesNoMeaning(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> lines = new ArrayList<>(LINES);
    java.util.Collections.shuffle(lines, random);
    Compiler network = Compiler.any(random);
    try (Workspace workspace = new Workspace()) {
      workspace.compile(Compiler.JAVAC, List.of(), Marked.parse(UNIT + sidecar(lines)).source());
      workspace.jar();
      assertEquals(List.of(), workspace.compile(network, Marked.parse(NETWORK).source()).errors());
    }
  }

  /** A few slips of a hand, or of a disk. */
  private static List<String> mutated(Random random) {
    List<String> lines = new ArrayList<>(LINES);
    for (int slips = 1 + random.nextInt(3); slips > 0 && !lines.isEmpty(); slips--) {
      int i = random.nextInt(lines.size());
      StringBuilder line = new StringBuilder(lines.get(i));
      int at = random.nextInt(line.length() + 1);
      switch (random.nextInt(6)) {
        case 0 -> lines.remove(i);
        case 1 -> lines.add(lines.get(i));
        case 2 -> lines.set(i, line.insert(at, character(random)).toString());
        case 3 -> lines.set(i, line.substring(at));
        case 4 -> lines.set(i, line.substring(0, at));
        default -> lines.set(i, swapped(line.toString(), random));
      }
    }
    return lines;
  }

  private static String swapped(String line, Random random) {
    String[] words = {"narrow", "drop", "out", "x", "3", "0.25", "RELU", "", "(", ")", ", "};
    return line.replace(words[random.nextInt(3) * 2], words[random.nextInt(words.length)]);
  }

  private static char character(Random random) {
    return random.nextInt(4) == 0
        ? (char) random.nextInt(0x10000)
        : "(), @=\"\\$%s1".charAt(random.nextInt(12));
  }

  private static String sidecar(List<String> lines) {
    return "@dev.selkie.runtime.Sidecar(format = 1, generator = \"\", block = \"models.Unit\","
        + " layers = {"
        + lines.stream().map(SidecarFuzzTest::literal).collect(Collectors.joining(", "))
        + "}) class UnitSidecar {}";
  }

  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
        literal.append(c);
      } else {
        literal.append(c < 256 ? "\\%03o".formatted((int) c) : "\\u%04x".formatted((int) c));
      }
    }
    return literal.append('"').toString();
  }
}
