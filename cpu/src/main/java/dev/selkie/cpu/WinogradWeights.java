package dev.selkie.cpu;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;

/**
 * The weights' side of {@link Winograd}: G w, and G^T of a gradient. Transformed weights lie as
 * (point, out, kernel column, in).
 */
final class WinogradWeights {
  private static final int KERNEL = 3;

  private final CpuTensor weight;
  private final int out;
  private final int in;
  private final int row;

  /**
   * @param weight (out, 3, 3, in), or its gradient
   */
  WinogradWeights(CpuTensor weight) {
    this.weight = weight;
    this.out = weight.shape().batch();
    this.in = weight.channels();
    this.row = KERNEL * in;
  }

  /** Values of one point. */
  int perPoint() {
    return out * row;
  }

  /** One point's weights, as a window one row high from in to out. */
  memory.desc forward() {
    return layout(out, in, row, 1);
  }

  /** The same from out to in, for gradients. */
  memory.desc backward() {
    return layout(in, out, 1, row);
  }

  /** One point's weights as a primitive likes them best. */
  memory.desc any(boolean backward) {
    return new memory.desc(
        dimensions(backward ? in : out, backward ? out : in),
        memory.data_type.f32,
        memory.format_tag.any);
  }

  /** G w; of the window turned by half a turn where {@code turned}. */
  void transform(FloatBuffer result, Lane lane, boolean turned) {
    float[] u1 = lane.tile(3, row);
    float[] u2 = lane.tile(4, row);
    float[] u3 = lane.tile(5, row);
    float[] u4 = lane.tile(6, row);
    int step = perPoint();
    for (int o = 0; o < out; o++) {
      float[] w0 = load(lane.tile(0, row), o, 0, turned);
      float[] w1 = load(lane.tile(1, row), o, 1, turned);
      float[] w2 = load(lane.tile(2, row), o, 2, turned);
      WinogradKernels.weights(u1, u2, u3, u4, w0, w1, w2, row);
      int place = o * row;
      result.put(place, w0, 0, row);
      result.put(place + step, u1, 0, row);
      result.put(place + 2 * step, u2, 0, row);
      result.put(place + 3 * step, u3, 0, row);
      result.put(place + 4 * step, u4, 0, row);
      result.put(place + 5 * step, w2, 0, row);
    }
  }

  private float[] load(float[] tile, int o, int y, boolean turned) {
    if (!turned) {
      weight.floats.get((o * KERNEL + y) * row, tile, 0, row);
      return tile;
    }
    int start = (o * KERNEL + KERNEL - 1 - y) * row;
    for (int x = 0; x < KERNEL; x++) {
      weight.floats.get(start + x * in, tile, (KERNEL - 1 - x) * in, in);
    }
    return tile;
  }

  /** Adds G^T u to filters {@code from} to {@code to}. */
  void accumulate(FloatBuffer u, Lane lane, int from, int to) {
    float[] sum = lane.tile(6, row);
    for (int o = from; o < to; o++) {
      float[] u0 = point(u, lane, 0, o);
      float[] u1 = point(u, lane, 1, o);
      float[] u2 = point(u, lane, 2, o);
      float[] u3 = point(u, lane, 3, o);
      float[] u4 = point(u, lane, 4, o);
      float[] u5 = point(u, lane, 5, o);
      int place = o * KERNEL * row;
      weight.floats.get(place, sum, 0, row);
      WinogradKernels.gradientFirst(sum, u0, u1, u2, u3, u4, row);
      weight.floats.put(place, sum, 0, row);
      weight.floats.get(place + row, sum, 0, row);
      WinogradKernels.gradientMiddle(sum, u1, u2, u3, u4, row);
      weight.floats.put(place + row, sum, 0, row);
      weight.floats.get(place + 2 * row, sum, 0, row);
      WinogradKernels.gradientLast(sum, u1, u2, u3, u4, u5, row);
      weight.floats.put(place + 2 * row, sum, 0, row);
    }
  }

  private float[] point(FloatBuffer u, Lane lane, int point, int o) {
    float[] tile = lane.tile(point, row);
    u.get(point * perPoint() + o * row, tile, 0, row);
    return tile;
  }

  private memory.desc layout(int outer, int inner, long outerStep, long innerStep) {
    return new memory.desc(
        dimensions(outer, inner), memory.data_type.f32, new long[] {outerStep, innerStep, row, in});
  }

  private static long[] dimensions(int outer, int inner) {
    return new long[] {outer, inner, 1, KERNEL};
  }
}
