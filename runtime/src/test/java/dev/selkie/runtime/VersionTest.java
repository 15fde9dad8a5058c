package dev.selkie.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The version is one, wherever it must be written down. */
class VersionTest {
  /** Maven's and Gradle's way to name an artifact of ours. */
  private static final Pattern NAMED =
      Pattern.compile(
          "<artifactId>selkie-[a-z]+</artifactId><version>([^<]+)</version>|'dev\\.selkie:selkie-[a-z]+:([^']+)'");

  @Test
  void generatedCodeCarriesTheProjectsVersion() {
    assertEquals(System.getProperty("selkie.version"), GeneratedNetwork.VERSION);
  }

  @Test
  void theReadmeNamesIt() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    List<MatchResult> named = NAMED.matcher(readme).results().toList();
    assertTrue(named.size() >= 5, () -> "only " + named.size() + " are named");
    for (MatchResult name : named) {
      assertEquals(GeneratedNetwork.VERSION, name.group(1) == null ? name.group(2) : name.group(1));
    }
  }
}
