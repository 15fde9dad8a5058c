package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import java.nio.FloatBuffer;

/**
 * Batches on their way to a network's input: two of them, so that one is written and copied while
 * the device computes on the other.
 */
final class Inputs implements AutoCloseable {
  private static final int SLOTS = 2;

  private final Driver driver;
  private final Driver.Upload[] slots = new Driver.Upload[SLOTS];
  private long bytes;
  private int next;

  Inputs(Driver driver) {
    this.driver = driver;
  }

  /** Returns when the arrays may be reused; the copy goes on. */
  void feed(DeviceTensor input, float[] images, DeviceTensor labels, float[] classes) {
    require(input, images.length);
    require(labels, classes.length);
    long second = Scratch.align((long) Float.BYTES * images.length);
    long whole = second + (long) Float.BYTES * classes.length;
    Driver.Upload slot = slot(whole);
    FloatBuffer host = slot.host();
    host.put(0, images).put(Math.toIntExact(second / Float.BYTES), classes);
    long device = slot.send(whole);
    convert(input, device, images.length);
    convert(labels, device + second, classes.length);
    slot.received();
    next = (next + 1) % SLOTS;
  }

  private void convert(DeviceTensor to, long floats, int count) {
    StepNatives.convert(
        KernelType.of(to).code(),
        to.address(),
        KernelType.FLOAT32.code(),
        floats,
        count,
        driver.stream());
  }

  private Driver.Upload slot(long wanted) {
    if (wanted > bytes) {
      close();
      bytes = wanted;
    }
    if (slots[next] == null) {
      slots[next] = driver.upload(bytes);
    }
    return slots[next];
  }

  private static void require(DeviceTensor tensor, int length) {
    if (tensor.shape().elements() != length) {
      throw new BackendException(
          "%s holds %d values but the host gave %d; use an array of that length"
              .formatted(tensor.name(), tensor.shape().elements(), length));
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < SLOTS; i++) {
      if (slots[i] != null) {
        slots[i].close();
        slots[i] = null;
      }
    }
  }
}
