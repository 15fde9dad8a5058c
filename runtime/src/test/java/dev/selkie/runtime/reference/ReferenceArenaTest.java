package dev.selkie.runtime.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Shape;
import org.junit.jupiter.api.Test;

class ReferenceArenaTest {
  private final ReferenceArena arena = new ReferenceBackend().allocate(256);

  @Test
  void isADeviceByName() {
    assertEquals("reference", Device.named("reference").open().device());
  }

  @Test
  void viewsOverlap() {
    ReferenceTensor whole = arena.tensor("whole", Shape.vector(64), Element.FLOAT32, 0);
    ReferenceTensor second = arena.tensor("second", new Shape(1, 2, 2, 3), Element.FLOAT32, 64);
    second.set(0, 1, 0, 2, 0.1);
    assertEquals(0.1, whole.get(16 + 8));
    whole.set(16, 7);
    assertEquals(7, second.get(0, 0, 0, 0));
  }

  @Test
  void bytesAndBitsShareSlots() {
    ReferenceTensor bits = arena.tensor("bits", Shape.vector(40), Element.BIT, 0);
    ReferenceTensor bytes = arena.tensor("bytes", Shape.vector(5), Element.UINT8, 0);
    bits.set(1, 1);
    bits.set(31, 1);
    bits.set(39, 1);
    assertArrayEquals(new double[] {2, 0, 0, 128, 128}, bytes.toArray());
    bytes.set(0, 255);
    bits.set(1, 0);
    assertEquals(253, bytes.get(0));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(
        BackendException.class, () -> arena.tensor("x", Shape.vector(65), Element.FLOAT32, 0));
    assertThrows(
        BackendException.class, () -> arena.tensor("x", Shape.vector(1), Element.FLOAT32, 4));
    ReferenceTensor two = arena.tensor("two", Shape.vector(2), Element.FLOAT32, 0);
    assertThrows(BackendException.class, () -> two.write(new float[3]));
    assertThrows(IndexOutOfBoundsException.class, () -> two.get(0, 0, 0, 2));
  }

  @Test
  void theFloatReferenceRoundsWhatItKeeps() {
    ReferenceTensor x =
        new ReferenceBackend(Arithmetic.FLOAT)
            .allocate(64)
            .tensor("x", Shape.vector(1), Element.FLOAT32, 0);
    x.set(0, 0.1);
    assertEquals(0.1f, x.get(0));
  }
}
