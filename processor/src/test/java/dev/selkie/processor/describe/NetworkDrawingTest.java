package dev.selkie.processor.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.describe.Sheet.Area;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.plan.MemoryPlan;
import dev.selkie.processor.plan.Timeline;
import dev.selkie.runtime.Layout;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** The drawing as a reader sees it: everything is there, nothing collides. */
class NetworkDrawingTest {
  /** Two coordinates of a rectangle are rounded to two decimals. */
  private static final double ROUNDING = 0.02;

  static Stream<ModelDeclaration> models() {
    return Stream.of(Samples.small(), Samples.resNet50(), Samples.branches());
  }

  @Test
  void showsEveryLayerWithShapeAndCounts() {
    Sheet sheet = new Sheet(drawing(Samples.small()));
    Samples.SMALL_LAYERS.forEach(layer -> assertFalse(sheet.wordsUnder(layer + ":").isEmpty()));
    assertEquals(
        List.of("stem", "Conv 3x3", "16x32x32", "464", "442,368"), sheet.wordsUnder("stem:"));
    // 8 channels of 3x3x8 weights, two of batch norm each; 16x16 positions.
    assertEquals(
        List.of("spatial", "Conv 3x3", "8x16x16", "592", "147,456"),
        sheet.wordsUnder("stage.0.spatial:"));
    assertEquals(List.of("logits", "Dense", "10x1x1", "330", "320"), sheet.wordsUnder("logits:"));
  }

  @Test
  void totalsOfResNet50AreThePublishedOnes() {
    List<String> words =
        new Sheet(drawing(Samples.resNet50())).texts().stream().map(Area::words).toList();
    assertEquals("25,557,032", words.get(words.indexOf("parameters") + 1));
    assertEquals("4,089,184,256", words.get(words.indexOf("multiply-adds, one image") + 1));
  }

  @ParameterizedTest
  @MethodSource("models")
  void textsStayOnTheSheetAndApart(ModelDeclaration model) {
    Sheet sheet = new Sheet(drawing(model));
    List<Area> texts = sheet.texts();
    for (Area text : texts) {
      assertTrue(sheet.whole().contains(text), text::toString);
      for (Area other : texts) {
        assertTrue(text == other || !text.overlaps(other, 0), () -> text + " and " + other);
      }
      for (Area panel : sheet.rectangles("panel")) {
        assertTrue(
            panel.contains(text) || !panel.overlaps(text, 0), () -> text + " leaves " + panel);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void panelsStandApart(ModelDeclaration model) {
    Sheet sheet = new Sheet(drawing(model));
    List<Area> panels = sheet.rectangles("panel");
    for (Area panel : panels) {
      assertTrue(sheet.whole().contains(panel), panel::toString);
      for (Area other : panels) {
        assertTrue(panel == other || !panel.overlaps(other, 0), () -> panel + " and " + other);
      }
    }
  }

  @Test
  void arrowsFollowTheEdgesBetweenGroups() {
    // input, stem to 4, 2 chains, 4 into mixed, fused, 2 into sum, features, logits; one in the
    // stage
    assertEquals(17, arrowheads(Samples.branches()));
    assertEquals(20, arrowheads(Samples.resNet50()));
  }

  /** Those that end at the top of a panel. */
  private static long arrowheads(ModelDeclaration model) {
    Sheet sheet = new Sheet(drawing(model));
    List<Area> panels = sheet.rectangles("panel");
    return sheet.elements("path").stream()
        .filter(path -> path.getAttribute("class").equals("tip"))
        .map(path -> path.getAttribute("d").split(" "))
        .filter(d -> panels.stream().anyMatch(panel -> touches(d[4], d[5], panel)))
        .count();
  }

  private static boolean touches(String x, String y, Area panel) {
    double at = Double.parseDouble(x);
    return panel.top() == Double.parseDouble(y) && panel.left() < at && at < panel.right();
  }

  @ParameterizedTest
  @MethodSource("models")
  void buffersAliveTogetherDoNotOverlap(ModelDeclaration model) {
    Sheet sheet = new Sheet(drawing(model));
    Area field = sheet.rectangles("field").get(0);
    List<Area> buffers = buffers(sheet);
    assertTrue(buffers.size() > 10);
    for (Area buffer : buffers) {
      assertTrue(field.overlaps(buffer, 0), buffer::toString);
      assertTrue(buffer.top() > field.top() - ROUNDING, buffer::toString);
      assertTrue(buffer.right() < field.right() + ROUNDING, buffer::toString);
      for (Area other : buffers) {
        assertTrue(
            buffer == other || !buffer.overlaps(other, ROUNDING), () -> buffer + " and " + other);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void labelsStayInTheirBuffers(ModelDeclaration model) {
    Sheet sheet = new Sheet(drawing(model));
    List<Area> labels =
        sheet.texts().stream().filter(text -> text.style().equals("INSIDE")).toList();
    assertFalse(labels.isEmpty());
    for (Area label : labels) {
      assertTrue(buffers(sheet).stream().anyMatch(b -> b.contains(label)), label::toString);
    }
  }

  private static List<Area> buffers(Sheet sheet) {
    return Stream.of("activation", "saved", "gradient")
        .flatMap(style -> sheet.rectangles(style).stream())
        .filter(area -> !area.words().isEmpty())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void needsNothingBesideIt(ModelDeclaration model) {
    Sheet sheet = new Sheet(drawing(model));
    for (Element element : sheet.elements("*")) {
      String tag = element.getTagName();
      assertTrue(
          List.of("svg", "title", "style", "g", "rect", "line", "path", "text").contains(tag), tag);
      assertFalse(element.hasAttribute("href"), tag);
    }
    assertFalse(sheet.elements("style").get(0).getTextContent().contains("url"));
    assertTrue(drawing(model).chars().allMatch(c -> c < 0x80), "not in every encoding the same");
  }

  @Test
  void emptyPlanAndHostileNameAreDrawn() {
    String name = "<A & \"B\">";
    MemoryPlan nothing = new MemoryPlan(Map.of(), new Timeline(0, 0, List.of()), 0, 0, 0);
    Summary summary = new Summary(new Dims(1, 1, 1), List.of());
    Sheet sheet = new Sheet(NetworkDrawing.of(name, summary, new Layout(0, 0, 0, 0, 0), nothing));
    assertEquals(name, sheet.elements("title").get(0).getTextContent());
    assertTrue(sheet.texts().stream().anyMatch(text -> text.words().equals(name)));
  }

  private static String drawing(ModelDeclaration model) {
    return Samples.document(model, ".svg");
  }
}
