package dev.selkie.cpu;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What goes wrong from outside is one error that says what, where and how to mend it. */
class CpuErrorsTest {

  private static void fails(Executable call, String... parts) {
    String message = assertThrows(BackendException.class, call).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message + " should say: " + part);
    }
  }

  @Test
  void moreMemoryThanThereIs() {
    try (CpuBackend backend = new CpuBackend(1)) {
      fails(() -> backend.allocate(1L << 60), "out of memory", "use a smaller batch");
    }
  }

  @Test
  void closedBackend() {
    Bench bench = new Bench(2);
    Tensor x = bench.tensor(2, 2, 2, 3);
    bench.close();
    fails(() -> bench.backend.allocate(64), "closed", "open another");
    fails(() -> bench.ops.zero(x), x.name(), "closed", "keep it open");
    fails(() -> x.read(new float[24]), x.name(), "closed");
  }

  @Test
  void tensorOfAnotherBackend() {
    try (Bench bench = new Bench(1);
        Backend other = new ReferenceBackend()) {
      Tensor x = bench.tensor(1, 1, 1, 4);
      Tensor foreign =
          other.allocate(64).tensor("foreign", new Shape(1, 1, 1, 4), Element.FLOAT32, 0);
      fails(() -> bench.ops.copy(x, foreign), "foreign", "allocate it with this backend");
      fails(() -> bench.ops.copy(null, x), "null", "allocate it with this backend");
    }
  }

  @Test
  void labelsThatNameNoClass() {
    for (float wrong : new float[] {10, -1, 2.5f, Float.NaN}) {
      try (Bench bench = new Bench(2)) {
        Tensor logits = bench.tensor(4, 1, 1, 10);
        Tensor labels = bench.empty(1, 1, 1, 4);
        labels.write(new float[] {0, 1, 9, wrong});
        Tensor loss = bench.output(1, 1, 1, 4);
        Tensor gradient = bench.output(4, 1, 1, 10);
        fails(
            () -> bench.ops.softmaxCrossEntropy(loss, gradient, logits, labels, 0f),
            "label of sample 3 is " + wrong,
            "10 classes, numbered from 0");
      }
    }
  }

  @Test
  void placesOutsideTheArena() {
    try (CpuBackend backend = new CpuBackend(1)) {
      var arena = backend.allocate(128);
      Shape shape = new Shape(1, 1, 1, 16);
      fails(() -> arena.tensor("late", shape, Element.FLOAT32, 128), "late", "arena of 128");
      fails(() -> arena.tensor("askew", shape, Element.FLOAT32, 4), "askew", "multiples of 64");
    }
  }
}
