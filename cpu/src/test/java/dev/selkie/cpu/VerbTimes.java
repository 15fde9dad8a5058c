package dev.selkie.cpu;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/**
 * Milliseconds per verb at the shapes of SE-ResNet-20 (3x32x32, batch 128), and what a step of them
 * takes. A program, not a test: the numbers belong to the machine.
 */
final class VerbTimes {
  private static final int BATCH = Integer.getInteger("batch", 128);
  private static final int TENSORS = 6;

  private final Bench bench =
      new Bench(Integer.getInteger("lanes", Runtime.getRuntime().availableProcessors()), 1L << 30);
  private final Ops ops = bench.ops;
  private double step;

  private VerbTimes() {}

  public static void main(String[] arguments) {
    VerbTimes times = new VerbTimes();
    times.stem();
    times.stage(32, 16, 6);
    times.stage(16, 32, 5);
    times.stage(8, 64, 5);
    times.transition(32, 16);
    times.transition(16, 32);
    times.rest();
    System.out.printf("step %.1f ms, %.0f images/s%n", times.step, BATCH * 1e3 / times.step);
    times.bench.close();
  }

  private void stem() {
    convolution("stem 3->16 @32", 32, 3, 16, 3, 1, 1, false);
    norm("norm 16 @32", 32, 16, 1, false, false);
  }

  private void stage(int size, int width, int count) {
    String name = " " + width + " @" + size;
    convolution("conv 3x3" + name, size, width, width, 3, 1, count, true);
    norm("norm" + name, size, width, 3, false, false);
    norm("norm se add" + name, size, width, 3, true, true);
  }

  private void transition(int size, int width) {
    convolution("conv 3x3/2 " + width + " @" + size, size, width, 2 * width, 3, 2, 1, true);
    convolution("conv 1x1/2 " + width + " @" + size, size, width, 2 * width, 1, 2, 1, true);
  }

  private void rest() {
    Tensor w = bench.tensor(1, 1, 1, 272_000);
    Tensor g = bench.tensor(1, 1, 1, 272_000);
    Tensor v = bench.tensor(1, 1, 1, 272_000);
    time("sgd", 1, () -> ops.sgd(new ParameterSpan(w, g, true), v, 0.9f, 1e-4f, false));
    time("zero", 1, () -> ops.zero(g));
    Tensor x = bench.tensor(BATCH, 8, 8, 64);
    Tensor f = bench.tensor(BATCH, 1, 1, 64);
    time("global average pool", 1, () -> ops.globalAveragePoolForward(f, x));
    time("global average pool back", 1, () -> ops.globalAveragePoolBackward(x, f));
    Parameter weight = bench.parameter(10, 1, 1, 64);
    Tensor logits = bench.tensor(BATCH, 1, 1, 10);
    time("dense", 1, () -> ops.denseForward(logits, f, weight));
    time("dense back data", 1, () -> ops.denseBackwardData(f, logits, weight));
    time("dense back weights", 1, () -> ops.denseBackwardWeights(weight, f, logits));
  }

  private void convolution(
      String name, int size, int in, int out, int kernel, int stride, int count, boolean data) {
    ConvGeometry g = new ConvGeometry(kernel, kernel, stride, 1, kernel / 2, kernel / 2, 1);
    Tensor[] xs = tensors(size, in);
    Tensor[] ys = tensors(size / stride, out);
    Parameter[] ws = new Parameter[TENSORS];
    for (int i = 0; i < TENSORS; i++) {
      ws[i] = bench.parameter(out, kernel, kernel, in);
    }
    int[] i = {0};
    time(name, count, () -> ops.convolutionForward(ys[at(i)], xs[i[0]], ws[i[0]], g));
    if (data) {
      time(
          name + " data",
          count,
          () -> ops.convolutionBackwardData(xs[at(i)], ys[i[0]], ws[i[0]], g));
    }
    time(
        name + " weights",
        count,
        () -> ops.convolutionBackwardWeights(ws[at(i)], xs[i[0]], ys[i[0]], g));
  }

  private void norm(String name, int size, int width, int count, boolean excite, boolean add) {
    Epilogue e = Epilogue.of(bench.batchNorm(BATCH, width));
    BatchNorm norm = e.norm();
    e = excite ? e.excite(bench.excitation(BATCH, width, 4, true)) : e;
    e = add ? e.add() : e;
    Epilogue unit = e.relu(bench.typed(new Shape(BATCH, size, size, width), Element.BIT));
    Tensor[] t = tensors(size, width);
    int[] i = {0};
    int positions = size * size;
    time(name + " moments", count, () -> ops.batchNormMoments(norm, t[at(i)]));
    time(name + " statistics", count, () -> ops.batchNormStatistics(unit, positions));
    if (add) {
      time(
          name + " forward",
          count,
          () -> ops.batchNormAddForward(t[at(i)], next(t, i, 1), next(t, i, 2), unit));
      time(
          name + " sums",
          count,
          () ->
              ops.batchNormAddBackwardSums(
                  unit, t[at(i)], next(t, i, 1), next(t, i, 2), next(t, i, 3)));
      time(
          name + " back statistics", count, () -> ops.batchNormBackwardStatistics(unit, positions));
      time(
          name + " back",
          count,
          () ->
              ops.batchNormAddBackward(
                  t[at(i)],
                  next(t, i, 1),
                  next(t, i, 2),
                  next(t, i, 3),
                  next(t, i, 4),
                  next(t, i, 5),
                  unit));
    } else {
      time(name + " forward", count, () -> ops.batchNormForward(t[at(i)], next(t, i, 1), unit));
      time(
          name + " sums",
          count,
          () -> ops.batchNormBackwardSums(unit, t[at(i)], next(t, i, 1), next(t, i, 2)));
      time(
          name + " back statistics", count, () -> ops.batchNormBackwardStatistics(unit, positions));
      time(
          name + " back",
          count,
          () -> ops.batchNormBackward(t[at(i)], next(t, i, 1), next(t, i, 2), next(t, i, 3), unit));
    }
  }

  private Tensor[] tensors(int size, int width) {
    Tensor[] result = new Tensor[TENSORS];
    for (int i = 0; i < TENSORS; i++) {
      result[i] = bench.tensor(BATCH, size, size, width);
    }
    return result;
  }

  /** Another tensor at each call, as in a network: none is in cache. */
  private static int at(int[] i) {
    i[0] = (i[0] + 1) % TENSORS;
    return i[0];
  }

  private static Tensor next(Tensor[] t, int[] i, int by) {
    return t[(i[0] + by) % TENSORS];
  }

  /** The quickest of many calls, for other work on the machine only ever adds. */
  private void time(String verb, int count, Runnable call) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 300; i++) {
      long start = System.nanoTime();
      call.run();
      bench.backend.lanes().chain().settle();
      best = Math.min(best, (System.nanoTime() - start) * 1e-6);
    }
    step += count * best;
    System.out.printf("%-36s %7.3f ms  x%d%n", verb, best, count);
  }
}
