package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Feed;
import java.nio.FloatBuffer;

/**
 * Two batches on their way to a network: one is written and copied while the device computes on the
 * other. They travel as floats, and the device rounds them to the input's type.
 */
final class UploadFeed implements Feed {
  private static final int SLOTS = 2;

  private final Driver driver;
  private final DeviceTensor input;
  private final DeviceTensor labels;
  private final Driver.Upload[] slots = new Driver.Upload[SLOTS];
  private final long[] sent = new long[SLOTS];
  private final long second;
  private final long bytes;
  private long puts;
  private long takes;
  private boolean open = true;

  UploadFeed(Driver driver, DeviceTensor input, DeviceTensor labels) {
    this.driver = driver;
    this.input = input;
    this.labels = labels;
    second = Scratch.align(Float.BYTES * input.shape().elements());
    bytes = second + Float.BYTES * labels.shape().elements();
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = driver.upload(bytes);
    }
  }

  @Override
  public void put(float[] images, float[] classes) {
    require(input, images.length);
    require(labels, classes.length);
    if (puts - takes == SLOTS) {
      throw new IllegalStateException("two batches wait already; take one before putting another");
    }
    int slot = (int) (puts++ % SLOTS);
    FloatBuffer host = slots[slot].host();
    host.put(0, images).put(Math.toIntExact(second / Float.BYTES), classes);
    sent[slot] = slots[slot].send(bytes);
  }

  @Override
  public void take() {
    if (takes == puts) {
      throw new IllegalStateException("no batch waits; put one before taking it");
    }
    int slot = (int) (takes++ % SLOTS);
    slots[slot].arrive();
    convert(input, sent[slot]);
    convert(labels, sent[slot] + second);
    slots[slot].received();
  }

  private void convert(DeviceTensor to, long floats) {
    StepNatives.convert(
        KernelType.of(to).code(),
        to.address(),
        KernelType.FLOAT32.code(),
        floats,
        to.shape().elements(),
        driver.stream());
  }

  private static void require(DeviceTensor tensor, int length) {
    if (tensor.shape().elements() != length) {
      throw new BackendException(
          "%s holds %d values but the batch has %d; give as many"
              .formatted(tensor.name(), tensor.shape().elements(), length));
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      for (Driver.Upload slot : slots) {
        slot.close();
      }
    }
  }
}
