package dev.selkie.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.training.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTableTest {
  private static final String REPORT =
      """
      {"network": "zoo.SeNet", "device": "cuda", "hardware": "GPU 1", "precision": "bfloat16", "batch": 256,
       "imagesPerSecond": 8000.04, "floorShare": 0.7, "ratio": 1.6, "overheadPercent": 1.25, "peakBytes": 24500000000,
       "losses": {"agree": true},
       "peers": [
        {"name": "pytorch", "variant": "eager", "version": "2.11", "imagesPerSecond": 4000, "peakBytes": 4e10,
         "overheadPercent": 25},
        {"name": "pytorch", "variant": "compile", "version": "2.11", "imagesPerSecond": 5000, "peakBytes": 3e10,
         "overheadPercent": null}]}
      """;

  @TempDir private Path folder;
  private Path results;

  @BeforeEach
  void makeFolder() throws IOException {
    results = Files.createDirectory(folder.resolve("results"));
  }

  @Test
  void aResultStandsBesideItsFastestPeer() throws IOException {
    Files.writeString(results.resolve("b.json"), REPORT);
    assertEquals(
        "| SeNet | GPU 1 | bfloat16 | 256 | 8000.0 | 70.0 % | pytorch 2.11, compile | 5000.0 | 1.60 | yes | +1.3 % | - | 24.5 | 30.0 | [b.json](results/b.json) |",
        ResultsTable.lines(results).get(2));
  }

  @Test
  void whatIsNotKnownIsADashAndFilesStandByName() throws IOException {
    Files.writeString(results.resolve("b.json"), REPORT);
    Files.writeString(
        results.resolve("a.json"),
        "{\"network\": \"Net\", \"device\": \"cpu\", \"imagesPerSecond\": 7, \"peers\": []}");
    Files.writeString(results.resolve("README.md"), "not a result");
    List<String> lines = ResultsTable.lines(results);
    assertEquals(4, lines.size());
    assertTrue(lines.get(2).startsWith("| Net | cpu |  |  | 7.0 | - | - | - | - |"), lines.get(2));
  }

  @Test
  void theTableReplacesWhatStandsBetweenTheMarks() throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "above\n<!-- results -->\nold\n<!-- end of results -->\nbelow\n");
    ResultsTable.into(page, ResultsTable.lines(results));
    assertEquals(
        "above\n<!-- results -->\nNo result is here yet.\n<!-- end of results -->\nbelow\n",
        Files.readString(page));
  }

  @Test
  void theCommittedTableIsThatOfTheCommittedResults() throws IOException {
    Path benchmarks = Path.of("..", "benchmarks");
    Path copy = folder.resolve("copy.md");
    Files.copy(benchmarks.resolve("README.md"), copy);
    ResultsTable.into(copy, ResultsTable.lines(benchmarks.resolve("results")));
    assertEquals(Files.readString(benchmarks.resolve("README.md")), Files.readString(copy));
  }

  @Test
  void whatIsNoReportIsNamed() throws IOException {
    Files.writeString(results.resolve("other.json"), "{\"error\": \"no GPU\"}");
    DataException failure = assertThrows(DataException.class, () -> ResultsTable.lines(results));
    assertTrue(
        failure
            .getMessage()
            .endsWith("other.json is no report of selkie bench --json; move it elsewhere"),
        failure.getMessage());
    Path page = Files.writeString(folder.resolve("page.md"), "no marks");
    assertThrows(DataException.class, () -> ResultsTable.into(page, List.of()));
  }
}
