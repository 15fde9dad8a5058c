package dev.selkie.training.bench.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.training.bench.PeerException;
import dev.selkie.training.bench.PeerMemory;
import dev.selkie.training.bench.PeerRun;
import dev.selkie.training.bench.PeerTask;
import dev.selkie.training.bench.PeerVariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a process that does as it should, and of those that do not. */
class PythonPeerTest {
  private static final PeerTask TASK =
      new PeerTask(
          "dev.selkie.samples.SeResNet50",
          42,
          new Shape(4, 32, 16, 3),
          10,
          "cuda",
          Precision.BFLOAT16,
          1);

  private static final String HELLO =
      "read line; echo '{\"version\": \"2.1\", \"device\": \"Stub 1\", \"parameters\": 42}'";
  private static final String STEPS =
      "while read line; do case \"$line\" in"
          + " *steps*) echo '{\"seconds\": 0.5, \"peakBytes\": 7, \"reservedBytes\": 8}';;"
          + " *) echo '{}';; esac; done";

  @TempDir private Path folder;

  @Test
  void stepsByTheChildsClockAndSaysWhatItIs() throws IOException {
    try (PeerRun run = open(HELLO, STEPS)) {
      assertEquals("2.1", run.version());
      assertEquals("Stub 1", run.hardware());
      assertEquals(500_000_000, run.steps(3));
      run.rest();
      assertEquals(new PeerMemory(7, 8L), run.memory());
    }
  }

  /** The whole description reaches the child, in one line. */
  @Test
  void theTaskIsTheFirstRequest() throws IOException {
    Path heard = folder.resolve("heard");
    try (PeerRun run = open("read line; echo \"$line\" > " + heard, HELLO.substring(11), STEPS)) {
      assertEquals(
          "{'network':'dev.selkie.samples.SeResNet50','batch':4,'height':32,'width':16,'channels':3,'classes':10,'precision':'bfloat16','variant':'eager','device':'cuda','threads':1}",
          Files.readString(heard).strip().replace('"', '\''));
    }
  }

  @Test
  void anotherNetworkIsRefusedWithBothCounts() {
    String other = HELLO.replace("42", "4300");
    assertFailure(
        "its dev.selkie.samples.SeResNet50 has 4,300 parameters, Selkie's 42: they are not the same network, so nothing is compared",
        () -> open(other, STEPS));
  }

  @Test
  void whatTheChildRefusesIsSaid() {
    assertFailure(
        "torch 2.1 sees no GPU",
        () -> open("read line; echo '{\"error\": \"torch 2.1 sees no GPU\"}'; exit 1"));
  }

  @Test
  void aCrashSaysTheLastThingOfItsErrors() {
    assertFailure(
        "its process ended with exit code 3: torch.OutOfMemoryError: CUDA out of memory",
        () -> {
          String crash = "echo 'torch.OutOfMemoryError: CUDA out of memory' >&2; exit 3";
          try (PeerRun run = open(HELLO, "read line", crash)) {
            run.steps(1);
          }
        });
  }

  @Test
  void aChildThatSaysNothingIsEnded() throws IOException {
    Path number = folder.resolve("pid");
    assertFailure(
        "no answer within 1 s, so its process was ended",
        () -> {
          try (PeerRun run = open(HELLO, "echo $$ > " + number, "exec sleep 60")) {
            run.steps(1);
          }
        });
    long pid = Long.parseLong(Files.readString(number).strip());
    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }

  @Test
  void anythingElseOnItsOutputIsGarbage() {
    assertFailure(
        "its answer is none of the benchmark's: 'Segmentation fault'",
        () -> open("read line; echo Segmentation fault"));
    assertFailure(
        "its answer is none of the benchmark's: '{\"version\":\"2.1\"}'",
        () -> open("read line; echo '{\"version\":\"2.1\"}'"));
    assertFailure("its answer is none of the benchmark's: '7'", () -> open("read line; echo 7"));
  }

  @Test
  void aMissingPythonSaysHowToNameOne() {
    PythonPeer peer = peer(folder.resolve("no-python").toString());
    PeerException failure =
        assertThrows(PeerException.class, () -> peer.variants(TASK).get(0).open());
    assertTrue(failure.getMessage().startsWith("cannot run '" + folder), failure.getMessage());
    assertTrue(failure.getMessage().endsWith("name one in SELKIE_PYTHON"), failure.getMessage());
  }

  /** Our own script, under a real Python whose torch cannot be imported. */
  @Test
  void aPythonWithoutTorchSaysSo() throws IOException {
    Assumptions.assumeTrue(hasPython(), "no python3 here");
    Files.writeString(folder.resolve("torch.py"), "raise ImportError('not today')");
    String run = "PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=%s exec python3 \"$1\"".formatted(folder);
    PeerException failure = assertThrows(PeerException.class, () -> open(run));
    assertTrue(
        failure
            .getMessage()
            .endsWith(
                "cannot import torch (not today); name a Python that has PyTorch in SELKIE_PYTHON"),
        failure.getMessage());
  }

  /** PyTorch's compiler ends its messages with advice; what went wrong stands before that. */
  @Test
  void aPythonExceptionSaysItsCauseInOneLine() throws IOException {
    Assumptions.assumeTrue(hasPython(), "no python3 here");
    Files.writeString(
        folder.resolve("torch.py"),
        """
        class nn:
          Conv2d = Module = object

        class cuda:
          def is_available():
            raise RuntimeError("backend raised:\\nno compiler\\n\\nset FLAG=1 for more")
        """);
    String run = "PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=%s exec python3 \"$1\"".formatted(folder);
    assertFailure("RuntimeError: backend raised: no compiler set FLAG=1 for more", () -> open(run));
  }

  /** The whole way, where there is a PyTorch: on the CPU, since any has that. */
  @Test
  void stepsARealNetworkWhereThereIsOne() {
    String python = System.getenv("SELKIE_PYTHON");
    Assumptions.assumeTrue(python != null, "SELKIE_PYTHON names no Python with PyTorch");
    PeerTask task =
        new PeerTask(
            "dev.selkie.samples.SeResNet20",
            274_847,
            new Shape(2, 32, 32, 3),
            10,
            "cpu",
            Precision.FLOAT32,
            1);
    PythonProcess.Limits limits =
        new PythonProcess.Limits(Duration.ofMinutes(2), Duration.ofMinutes(2));
    PythonPeer peer = new PythonPeer(python, Set.of("cpu"), () -> limits);
    try (PeerRun run = peer.variants(task).get(0).open()) {
      assertTrue(run.steps(2) > 0);
      run.rest();
      assertTrue(run.steps(1) > 0);
      assertEquals("cpu", run.hardware());
      if (run.version().startsWith("1.")) {
        assertFailure(
            "torch %s has no torch.compile, which came with 2.0; only eager runs"
                .formatted(run.version()),
            () -> peer.variants(task).get(1).open());
      }
    }
  }

  @Test
  void racesOnCudaEagerAndCompiled() {
    PythonPeer peer = new PythonPeer(Optional.empty());
    assertTrue(peer.serves("cuda"));
    assertFalse(peer.serves("cpu"));
    assertTrue(new PythonPeer(Optional.of("python3")).serves("cpu"));
    assertEquals(
        List.of("eager", "compile"), peer.variants(TASK).stream().map(PeerVariant::name).toList());
  }

  private static boolean hasPython() {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private static void assertFailure(String message, ThrowingRunnable work) {
    assertEquals(message, assertThrows(PeerException.class, work::run).getMessage());
  }

  private interface ThrowingRunnable {
    void run() throws IOException;
  }

  private PeerRun open(String... lines) throws IOException {
    Path program = folder.resolve("python");
    Files.writeString(program, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return peer(program.toString()).variants(TASK).get(0).open();
  }

  private static PythonPeer peer(String command) {
    PythonProcess.Limits limits =
        new PythonProcess.Limits(Duration.ofSeconds(30), Duration.ofSeconds(1));
    return new PythonPeer(command, Set.of("cuda"), () -> limits);
  }

  @Test
  void patienceIsInWholeMinutes() {
    assertEquals(Duration.ofMinutes(40), PythonPeer.steps(null));
    assertEquals(Duration.ofMinutes(5), PythonPeer.steps("5"));
    PeerException odd = assertThrows(PeerException.class, () -> PythonPeer.steps("0.5"));
    assertEquals("SELKIE_PYTHON_MINUTES is '0.5'; give whole minutes, such as 5", odd.getMessage());
  }
}
