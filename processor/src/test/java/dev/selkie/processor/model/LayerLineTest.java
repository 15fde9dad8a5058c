package dev.selkie.processor.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.selkie.processor.model.LayerDeclaration.Edge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Layers as text: in the user's grammar, with the members that were written, and back. */
class LayerLineTest {
  private static final Site HERE = new Site() {};

  @Test
  void writtenMembersByName() {
    assertEquals(
        "@Conv(kernel = 3, norm = NONE, strided = true, widths = 1) a(x)",
        line(
            Map.of(
                "widths", 1, "out", 0, "kernel", 3, "strided", true, "norm", "NONE", "bias",
                "AUTO"),
            "widths",
            "kernel",
            "strided",
            "norm"));
  }

  @Test
  void noMembers() {
    assertEquals("@Conv a(x)", line(Map.of("kernel", 1)));
  }

  /** JDKs before 19 print some numbers, such as 2E23, with other digits than those after. */
  @Test
  void numbersInFewestDigits() {
    assertEquals("@Conv(r = 0.1) a(x)", line(Map.of("r", 0.1), "r"));
    assertEquals("@Conv(r = 2E+23) a(x)", line(Map.of("r", 2e23), "r"));
    assertEquals("@Conv(r = 0) a(x)", line(Map.of("r", 0.0), "r"));
    assertEquals("@Conv(r = 0.30000000000000004) a(x)", line(Map.of("r", 0.1 + 0.2), "r"));
    assertEquals("@Conv(r = NaN) a(x)", line(Map.of("r", Double.NaN), "r"));
    assertEquals("@Conv(r = -Infinity) a(x)", line(Map.of("r", -1 / 0.0), "r"));
  }

  @Test
  void lists() {
    assertEquals("@Conv(k = {3, 5}) a(x)", line(Map.of("k", List.of(3, 5)), "k"));
  }

  @Test
  void nameAndEdgesAreReadBack() {
    LayerLine line = LayerLine.parse("@Stage(block = a.B, k = {3, 5}) inner_$1(x, narrow)");
    assertEquals("inner_$1", line.name());
    assertEquals(List.of("x", "narrow"), line.reads());
    assertEquals(List.of(), LayerLine.parse("@Relu a()").reads());
  }

  @Test
  void whatIsNoLine() {
    for (String text :
        List.of(
            "",
            "@",
            "()",
            "@Relu",
            "@Relu(",
            "@Relu()",
            "@Relu ()",
            "Relu a(x)",
            "@Relu a(x",
            " a(x)")) {
      assertNull(LayerLine.parse(text), text);
    }
  }

  private static String line(Map<String, Object> values, String... written) {
    Map<String, Site> sites = new HashMap<>();
    for (String member : written) {
      sites.put(member, HERE);
    }
    LayerDeclaration layer =
        new LayerDeclaration("a", "Conv", values, null, List.of(new Edge("x", HERE)), HERE, sites);
    ModelDeclaration model =
        new ModelDeclaration(
            "", "Unit", null, 0, 0, 1, List.of(layer), HERE, Map.of(), Surroundings.USUAL);
    LayerLine line = LayerLine.of(model).get(0);
    assertEquals(line, LayerLine.parse(line.text()));
    return line.text();
  }
}
