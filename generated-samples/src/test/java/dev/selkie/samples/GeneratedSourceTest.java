package dev.selkie.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the processor writes today is what is committed under {@code src/generated}; {@code
 * -DupdateGolden} commits today's instead. Of the zoo a few networks are committed, one of each
 * kind: all of them would be 12 MB that nobody reads.
 */
class GeneratedSourceTest {
  private static final Path WRITTEN =
      Path.of("target/generated-sources/annotations/dev/selkie/samples");
  private static final Path COMMITTED = Path.of("src/generated/java/dev/selkie/samples");

  /** Some networks, and the blocks they are made of. */
  private static final Set<String> MODELS =
      Set.of(
          "Tiny",
          "ResNet20",
          "SeResNet20",
          "ResNet50",
          "SeResNet50",
          "SeResNeXt50",
          "TinySk",
          "SkNet50",
          "BasicBlock",
          "SeBasicBlock",
          "Bottleneck",
          "SeBottleneck",
          "SeResNeXtBottleneck",
          "SkBottleneck");

  @TestFactory
  Stream<DynamicTest> generatedSourceIsTheCommittedOne() throws IOException {
    List<String> names = names(WRITTEN);
    assertFalse(names.isEmpty(), "the processor wrote nothing to " + WRITTEN);
    if (System.getProperty("updateGolden") != null) {
      update(names);
    }
    return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> compare(name)));
  }

  @Test
  void nothingIsCommittedThatIsNoLongerGenerated() throws IOException {
    assertEquals(names(WRITTEN), all(COMMITTED));
  }

  private static void compare(String name) throws IOException {
    Path committed = COMMITTED.resolve(name);
    String hint = name + " differs; look at the change, then run: mvn test -DupdateGolden";
    assertEquals(
        Files.exists(committed) ? Files.readString(committed) : "(no such file)",
        Files.readString(WRITTEN.resolve(name)),
        hint);
  }

  private static void update(List<String> names) throws IOException {
    Files.createDirectories(COMMITTED);
    for (String old : all(COMMITTED)) {
      Files.delete(COMMITTED.resolve(old));
    }
    for (String name : names) {
      Files.copy(WRITTEN.resolve(name), COMMITTED.resolve(name));
    }
  }

  /** Files of the models that are to be committed. */
  private static List<String> names(Path folder) throws IOException {
    return all(folder).stream()
        .filter(name -> MODELS.contains(name.replaceFirst("(Network|Sidecar)\\..*", "")))
        .toList();
  }

  private static List<String> all(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
