package dev.selkie.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.annotation.Gate;
import dev.selkie.runtime.Arena;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Initializer;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.List;
import java.util.Random;

/** A workbench: a backend, tensors with random values, and the house's tolerance. */
final class Bench implements AutoCloseable {
  final CpuBackend backend;
  final Ops ops;
  private final Arena arena;
  private final Random random = new Random(7);
  private long used;

  Bench(int lanes) {
    this(lanes, 64 << 20);
  }

  Bench(int lanes, long bytes) {
    backend = new CpuBackend(lanes);
    ops = backend.ops();
    arena = backend.allocate(bytes);
  }

  /** Values of standard normal distribution. */
  Tensor tensor(int n, int h, int w, int c) {
    return fill(empty(n, h, w, c), 0, 1);
  }

  /** Poisoned: every value must be written. */
  Tensor output(int n, int h, int w, int c) {
    Tensor tensor = empty(n, h, w, c);
    float[] poison = new float[(int) tensor.shape().elements()];
    java.util.Arrays.fill(poison, Float.NaN);
    tensor.write(poison);
    return tensor;
  }

  Tensor empty(int n, int h, int w, int c) {
    return typed(new Shape(n, h, w, c), Element.FLOAT32);
  }

  Tensor typed(Shape shape, Element element) {
    Tensor tensor = arena.tensor("t" + used, shape, element, used);
    used += (element.bytes(shape.elements()) + 63) / 64 * 64;
    return tensor;
  }

  Tensor fill(Tensor tensor, double mean, double spread) {
    float[] values = new float[(int) tensor.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + spread * random.nextGaussian());
    }
    tensor.write(values);
    return tensor;
  }

  Parameter parameter(int n, int h, int w, int c) {
    return new Parameter(
        "p",
        List.of(n, c, h, w),
        Initializer.HE_NORMAL,
        1,
        1,
        true,
        tensor(n, h, w, c),
        tensor(n, h, w, c));
  }

  Parameter vector(int c) {
    return parameter(1, 1, 1, c);
  }

  BatchNorm batchNorm(int n, int c) {
    return new BatchNorm(
        vector(c),
        vector(c),
        tensor(1, 1, 1, c),
        fill(empty(1, 1, 1, c), 2, 0.1),
        output(n, 1, 2, c),
        output(1, 1, 4, c),
        output(n, 1, 2, c),
        output(1, 1, 2, c));
  }

  Excitation excitation(int n, int c, int hidden, boolean biased) {
    return new Excitation(
        parameter(hidden, 1, 1, c),
        biased ? vector(hidden) : null,
        parameter(c, 1, 1, hidden),
        biased ? vector(c) : null,
        output(n, 1, 1, c),
        output(n, 1, 1, hidden),
        output(n, 1, 1, c),
        output(n, 1, 1, c),
        output(n, 1, 1, c),
        null,
        Gate.SIGMOID);
  }

  static float[] read(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().elements()];
    tensor.read(values);
    return values;
  }

  static float read(Tensor tensor, int index) {
    return CpuTensor.cpu(tensor).floats.get(index);
  }

  /** At most twice the error of the plain float32 loop against double, and a few ulps. */
  static void verify(String what, float[] actual, Arithmetic.Loop loop) {
    double[] exact = loop.run(Arithmetic.DOUBLE);
    double[] plain = loop.run(Arithmetic.FLOAT);
    double largest = 0;
    double allowed = 0;
    for (int i = 0; i < exact.length; i++) {
      largest = Math.max(largest, Math.abs(exact[i]));
      allowed = Math.max(allowed, 2 * Math.abs(plain[i] - exact[i]));
    }
    allowed += 4 * Math.ulp((float) largest);
    assertTrue(exact.length == actual.length, what + ": lengths");
    for (int i = 0; i < exact.length; i++) {
      double error = Math.abs(actual[i] - exact[i]);
      assertTrue(
          error <= allowed,
          "%s[%d]: %s, not %s; off by %s, allowed %s"
              .formatted(what, i, actual[i], exact[i], error, allowed));
    }
  }

  static void verify(String what, Tensor actual, Arithmetic.Loop loop) {
    verify(what, read(actual), loop);
  }

  @Override
  public void close() {
    backend.close();
  }
}
