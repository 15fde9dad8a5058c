package dev.selkie.training.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  /** A machine without a GPU is a whole machine; one with a GPU and without cuDNN is not. */
  @Test
  void whatIsMissingIsAFaultOnlyWhereTheDeviceIs() {
    for (boolean present : new boolean[] {true, false}) {
      List<Finding> findings = Doctor.of(new Gpu(present));
      assertEquals(List.of("cuDNN", "device gpu"), findings.stream().map(Finding::what).toList());
      for (Finding finding : findings) {
        assertFalse(finding.ok());
        assertFalse(finding.fix().isEmpty());
        assertEquals(present, finding.fault());
      }
    }
  }

  private record Gpu(boolean expected) implements BackendProvider {
    @Override
    public String device() {
      return "gpu";
    }

    @Override
    public Optional<String> missing() {
      return Optional.of("cuDNN is not there; install it");
    }

    @Override
    public List<Finding> findings() {
      return List.of(Finding.bad("cuDNN", "libcudnn.so.9", "nowhere", "install it"));
    }

    @Override
    public Backend open() {
      throw new AssertionError("nothing is opened here");
    }
  }
}
