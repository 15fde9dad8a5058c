package dev.selkie.cuda;

import dev.selkie.runtime.Element;

/** Host and device exchange values of any type of activation as floats; the device converts. */
final class Transfers {
  /** Values that are converted at a time. */
  private static final int PIECE = 1 << 20;

  private final Driver driver;
  private final Copies copies;
  private final Scratch scratch;
  private final int type;

  /**
   * @param type of the copies
   */
  Transfers(Driver driver, Copies copies, Scratch scratch, KernelType type) {
    this.driver = driver;
    this.copies = copies;
    this.scratch = scratch;
    this.type = type.code();
  }

  void write(DeviceTensor tensor, float[] values) {
    if (tensor.element() != Element.FLOAT32) {
      writeConverted(tensor, values);
      return;
    }
    driver.write(tensor.address(), values, 0, values.length);
    long copy = copies.of(tensor.address());
    if (copy != 0) {
      StepNatives.convert(
          type, copy, KernelType.FLOAT32.code(), tensor.address(), values.length, driver.stream());
    }
  }

  private void writeConverted(DeviceTensor tensor, float[] values) {
    long floats = piece(values);
    int to = KernelType.of(tensor).code();
    for (int start = 0; start < values.length; start += PIECE) {
      int count = Math.min(PIECE, values.length - start);
      driver.write(floats, values, start, count);
      StepNatives.convert(
          to,
          tensor.address() + tensor.element().bytes(start),
          KernelType.FLOAT32.code(),
          floats,
          count,
          driver.stream());
    }
  }

  void read(DeviceTensor tensor, float[] values) {
    if (tensor.element() == Element.FLOAT32) {
      driver.read(tensor.address(), values, 0, values.length);
      return;
    }
    long floats = piece(values);
    int from = KernelType.of(tensor).code();
    for (int start = 0; start < values.length; start += PIECE) {
      int count = Math.min(PIECE, values.length - start);
      StepNatives.convert(
          KernelType.FLOAT32.code(),
          floats,
          from,
          tensor.address() + tensor.element().bytes(start),
          count,
          driver.stream());
      driver.read(floats, values, start, count);
    }
  }

  private long piece(float[] values) {
    return scratch.atLeast((long) Float.BYTES * Math.min(PIECE, values.length));
  }
}
