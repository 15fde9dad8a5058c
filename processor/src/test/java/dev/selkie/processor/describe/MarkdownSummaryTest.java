package dev.selkie.processor.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page holds the counts that are published, and its parts agree with one another. */
class MarkdownSummaryTest {
  private static final int NAME = 0;
  private static final int BYTES = 1;
  private static final int PARAMETERS = 3;
  private static final int MULTIPLY_ADDS = 4;

  @Test
  void totalsOfResNet50AreThePublishedOnes() {
    String page = page();
    assertTrue(
        page.contains(
            "25,557,032 parameters, 4,089,184,256 multiply-adds for one image of 3x224x224."));
    assertEquals(25_557_032, sum(page, PARAMETERS));
    assertEquals(4_089_184_256L, sum(page, MULTIPLY_ADDS));
  }

  @Test
  void oneRowForEachLayer() {
    List<String[]> layers = layers(Samples.document(Samples.small(), ".md"));
    assertEquals(Samples.SMALL_LAYERS, layers.stream().map(row -> row[NAME]).toList());
    assertEquals(
        List.of("stage.0.spatial", "Conv 3x3", "8x16x16", "592", "147,456"),
        Arrays.asList(layers.get(3)).subList(0, 5));
  }

  @Test
  void memoryAddsUp() {
    Map<String, String> memory =
        rows(page(), 3).stream().collect(Collectors.toMap(row -> row[NAME], row -> row[BYTES]));
    Function<String, Long> bytes = what -> number(memory.get(what));
    long fixed =
        bytes.apply("parameters")
            + bytes.apply("gradients of parameters")
            + bytes.apply("statistics and folded weights");
    long sample = bytes.apply("kept, per sample") + bytes.apply("planned, per sample");
    assertEquals(
        Numbers.grouped(sample) + " \\* batch + " + Numbers.grouped(fixed),
        memory.get("whole arena"));
    assertTrue(bytes.apply("parameters") >= 4 * 25_557_032L);
    assertTrue(bytes.apply("planned, per sample") >= bytes.apply("alive at once, per sample"));
  }

  @Test
  void samePageEachTime() {
    assertEquals(page(), page());
    assertTrue(page().chars().noneMatch(c -> c == '\r'));
  }

  @Test
  void bytesHaveAboutThreeDigits() {
    assertEquals("999 B", Numbers.bytes(999));
    assertEquals("1.00 kB", Numbers.bytes(1000));
    assertEquals("999 kB", Numbers.bytes(999_499));
    assertEquals("1.00 MB", Numbers.bytes(999_500));
    assertEquals("86.3 MB", Numbers.bytes(86_299_584));
  }

  private static String page() {
    return Samples.document(Samples.resNet50(), ".md");
  }

  private static long sum(String page, int column) {
    return layers(page).stream().mapToLong(row -> number(row[column])).sum();
  }

  private static List<String[]> layers(String page) {
    return rows(page, 6);
  }

  /** The body rows of the table that has so many columns. */
  private static List<String[]> rows(String page, int columns) {
    List<String[]> rows =
        page.lines()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.substring(2, line.length() - 2).split(" \\| ", -1))
            .filter(row -> row.length == columns)
            .toList();
    return rows.subList(1, rows.size());
  }

  private static long number(String grouped) {
    return Long.parseLong(grouped.replace(",", ""));
  }
}
