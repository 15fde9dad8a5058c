package dev.selkie.parity;

import dev.selkie.peer.Torch;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;

/** Float32 values on the host, in PyTorch's order of dimensions. */
final class HostTensor {
  static {
    Torch.load();
  }

  private final long[] shape;
  private final float[] values;

  private HostTensor(long[] shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  static HostTensor fill(DoubleSupplier source, long... shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) source.getAsDouble();
    }
    return new HostTensor(shape, values);
  }

  static HostTensor normal(Random random, double deviation, long... shape) {
    return fill(() -> deviation * random.nextGaussian(), shape);
  }

  static HostTensor uniform(Random random, double low, double high, long... shape) {
    return fill(() -> low + (high - low) * random.nextDouble(), shape);
  }

  float[] values() {
    return values;
  }

  long[] shape() {
    return shape;
  }

  /** A copy in PyTorch. */
  Tensor tensor() {
    return Tensor.create(values, shape);
  }
}
