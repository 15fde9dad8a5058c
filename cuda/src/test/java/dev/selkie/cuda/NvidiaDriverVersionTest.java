package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaDriverVersionTest {
  @TempDir Path folder;

  @Test
  void bothKindsOfModuleAreRead() throws IOException {
    Finding open =
        written(
            "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build\n");
    assertEquals("580.65.06", open.found());
    assertTrue(open.ok());
    Finding closed = written("NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03  Thu\n");
    assertEquals("535.129.03", closed.found());
    assertFalse(closed.ok());
    assertEquals("install NVIDIA's driver 560 or newer", closed.fix());
  }

  @Test
  void aTextWithoutAVersionIsNoFault() throws IOException {
    assertTrue(written("something else\n").ok());
  }

  @Test
  void withoutTheFileThereIsNoGpu() {
    NvidiaDriverVersion absent = new NvidiaDriverVersion(folder.resolve("absent"));
    assertFalse(absent.loaded());
    assertEquals(Optional.empty(), absent.finding(560));
  }

  private Finding written(String text) throws IOException {
    return new NvidiaDriverVersion(Files.writeString(folder.resolve("version"), text))
        .finding(560)
        .orElseThrow();
  }
}
