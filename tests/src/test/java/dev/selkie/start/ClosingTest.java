package dev.selkie.start;

import static dev.selkie.runtime.Batch.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.Device;
import dev.selkie.samples.TinyNetwork;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** What a network on the CPU holds outside Java's heap is gone when it is closed. */
class ClosingTest {
  @Test
  void freesWhatOneDnnMade() {
    step();
    System.gc();
    long before = Pointer.totalCount();
    for (int i = 0; i < 5; i++) {
      step();
    }
    // No collection in between: closing alone does it.
    assertEquals(before, Pointer.totalCount(), 20);
  }

  private static void step() {
    try (TinyNetwork network = TinyNetwork.on(Device.cpu(), batch(2))) {
      network.forward();
      network.backward();
      network.infer();
    }
  }
}
