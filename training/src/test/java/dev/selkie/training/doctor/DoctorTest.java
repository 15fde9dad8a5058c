package dev.selkie.training.doctor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path folder;

  @Test
  void anOldJavaIsNamedWithItsFix() {
    Finding old = Doctor.java(11);
    assertFalse(old.ok());
    assertTrue(old.fix().contains("17"), old.fix());
    assertTrue(Doctor.java(17).ok());
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamedWithItsFix() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Finding blocked = Doctor.cache(file.resolve("cache"));
    assertFalse(blocked.ok());
    assertTrue(blocked.fix().contains("SELKIE_CACHE"), blocked.fix());
    assertTrue(Doctor.cache(folder.resolve("new")).ok());
  }

  @Test
  void whatIsWrongHasAFix() {
    for (Finding finding : Doctor.examine().findings()) {
      assertTrue(finding.ok() || !finding.fix().isEmpty(), finding.what());
    }
  }
}
