package dev.selkie.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is generated stays within what compilers bear. */
class GeneratedSizeTest {
  /** HotSpot never compiles a longer method. */
  private static final int HUGE_METHOD = 8_000;

  private static final Path CLASSES = Path.of("target/classes/dev/selkie/samples");
  private static final Path SOURCES =
      Path.of("target/generated-sources/annotations/dev/selkie/samples");

  @Test
  void noMethodOfTheZooIsTooLongToBeCompiled() throws IOException {
    List<String> tooLong = new ArrayList<>();
    int methods = 0;
    for (Path file : generatedClasses()) {
      for (var method : ClassFile.methods(file).entrySet()) {
        methods++;
        if (method.getValue() >= HUGE_METHOD) {
          tooLong.add(file.getFileName() + " " + method);
        }
      }
    }
    assertTrue(methods > 10_000, "only " + methods + " methods were found in " + CLASSES);
    assertEquals(List.of(), tooLong);
  }

  @Test
  void seResNet152StaysBelow400Kilobytes() throws IOException {
    long bytes = Files.size(SOURCES.resolve("SeResNet152Network.java"));
    assertTrue(bytes < 400_000, () -> bytes + " bytes");
  }

  private static List<Path> generatedClasses() throws IOException {
    try (Stream<Path> files = Files.list(CLASSES)) {
      return files
          .filter(file -> file.getFileName().toString().matches(".*Network(\\$.*)?\\.class"))
          .toList();
    }
  }
}
