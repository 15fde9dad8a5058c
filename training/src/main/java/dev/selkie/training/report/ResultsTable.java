package dev.selkie.training.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selkie.training.data.DataException;
import dev.selkie.training.files.FileReason;
import dev.selkie.training.files.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Markdown table of benchmarks' JSON files: one line for each, beside the fastest peer. */
public final class ResultsTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String START = "<!-- results -->";
  private static final String END = "<!-- end of results -->";
  private static final String NONE = "-";
  private static final List<String> HEADINGS =
      List.of(
          "network",
          "device",
          "precision",
          "batch",
          "images/s",
          "of the floor",
          "fastest peer",
          "its images/s",
          "ratio",
          "same losses",
          "over the plain network",
          "the peer's",
          "peak GB",
          "the peer's",
          "result");

  private ResultsTable() {}

  /**
   * The table's lines, files by name.
   *
   * @throws DataException where the folder or a file cannot be read, or a file is no report of
   *     {@code selkie bench --json}
   */
  public static List<String> lines(Path folder) {
    List<String> lines = new ArrayList<>();
    for (Path file : files(folder)) {
      lines.add(row(cells(file, read(file))));
    }
    if (lines.isEmpty()) {
      return List.of("No result is here yet.");
    }
    lines.add(0, row(HEADINGS));
    lines.add(1, "|" + "---|".repeat(HEADINGS.size()));
    return lines;
  }

  /**
   * Puts lines between the two marks of a Markdown file.
   *
   * @throws DataException where it cannot be read or has no marks
   * @throws dev.selkie.training.files.OutputException where it cannot be written
   */
  public static void into(Path file, List<String> lines) {
    try {
      String text = Files.readString(file);
      int start = text.indexOf(START);
      int end = text.indexOf(END);
      if (start < 0 || end < start) {
        throw new DataException(
            "%s has no place for the table; mark one by the lines %s and %s"
                .formatted(file, START, END));
      }
      String before = text.substring(0, start + START.length());
      String updated = before + "\n" + String.join("\n", lines) + "\n" + text.substring(end);
      OutputFile.write(file, out -> out.write(updated.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      JsonNode report = JSON.readTree(file.toFile());
      if (report.path("imagesPerSecond").isNumber() && report.path("network").isTextual()) {
        return report;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    throw new DataException(
        "%s is no report of selkie bench --json; move it elsewhere".formatted(file));
  }

  private static DataException unreadable(Path file, IOException e) {
    return new DataException("cannot read %s: %s".formatted(file, FileReason.of(e)), e);
  }

  private static List<String> cells(Path file, JsonNode report) {
    Optional<JsonNode> best = best(report);
    String network = report.path("network").asText();
    return List.of(
        network.substring(network.lastIndexOf('.') + 1),
        report.path("hardware").asText(report.path("device").asText()),
        report.path("precision").asText(),
        report.path("batch").asText(),
        number("%.1f", report.path("imagesPerSecond"), 1),
        number("%.1f %%", report.path("floorShare"), 100),
        best.map(ResultsTable::name).orElse(NONE),
        best.map(peer -> number("%.1f", peer.path("imagesPerSecond"), 1)).orElse(NONE),
        number("%.2f", report.path("ratio"), 1),
        losses(report.path("losses")),
        number("%+.1f %%", report.path("overheadPercent"), 1),
        best.map(peer -> number("%+.1f %%", peer.path("overheadPercent"), 1)).orElse(NONE),
        number("%.1f", report.path("peakBytes"), 1e-9),
        best.map(peer -> number("%.1f", peer.path("peakBytes"), 1e-9)).orElse(NONE),
        "[%1$s](%2$s/%1$s)".formatted(file.getFileName(), file.getParent().getFileName()));
  }

  private static Optional<JsonNode> best(JsonNode report) {
    return StreamSupport.stream(report.path("peers").spliterator(), false)
        .max(Comparator.comparingDouble(peer -> peer.path("imagesPerSecond").asDouble()));
  }

  private static String name(JsonNode peer) {
    return "%s %s, %s"
        .formatted(
            peer.path("name").asText(),
            peer.path("version").asText(),
            peer.path("variant").asText());
  }

  private static String losses(JsonNode losses) {
    if (!losses.path("agree").isBoolean()) {
      return NONE;
    }
    return losses.path("agree").asBoolean() ? "yes" : "no";
  }

  private static String number(String format, JsonNode value, double unit) {
    return value.isNumber() ? format.formatted(value.asDouble() * unit) : NONE;
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
