package dev.selkie.cuda;

import dev.selkie.runtime.Element;
import java.util.function.IntFunction;

/** Device memory that holds so many numbers of a type; they are written and read as floats. */
final class TypedBlock implements AutoCloseable {
  private final NvidiaDriver driver;
  private final Element element;
  private final int count;
  private final long address;
  private final long floats;

  TypedBlock(NvidiaDriver driver, Element element, int count) {
    this.driver = driver;
    this.element = element;
    this.count = count;
    address = driver.allocate(element.bytes(count));
    floats = driver.allocate(Element.FLOAT32.bytes(count));
  }

  long address() {
    return address;
  }

  float[] write(IntFunction<Number> number) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = number.apply(i).floatValue();
    }
    driver.write(floats, values, 0, count);
    convert(address, element, floats, Element.FLOAT32);
    return values;
  }

  float[] read() {
    convert(floats, Element.FLOAT32, address, element);
    float[] values = new float[count];
    driver.read(floats, values, 0, count);
    return values;
  }

  private void convert(long to, Element out, long from, Element in) {
    StepNatives.convert(
        KernelType.of(out).code(), to, KernelType.of(in).code(), from, count, driver.stream());
  }

  @Override
  public void close() {
    driver.free(address);
    driver.free(floats);
  }
}
