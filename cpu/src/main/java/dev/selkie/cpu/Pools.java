package dev.selkie.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import dev.selkie.runtime.PoolGeometry;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** Windowed pools, by oneDNN; its record of a maximum is our byte per window. */
final class Pools {
  private final OneDnn oneDnn;
  private final Sites forward;
  private final Sites backward;

  Pools(OneDnn oneDnn) {
    this.oneDnn = oneDnn;
    forward = new Sites(oneDnn);
    backward = new Sites(oneDnn);
  }

  static algorithm average(PoolGeometry geometry) {
    return geometry.countPadding()
        ? algorithm.pooling_avg_include_padding
        : algorithm.pooling_avg_exclude_padding;
  }

  /**
   * @param winners the winning taps, or null where nobody asks
   */
  void forward(CpuTensor y, CpuTensor winners, CpuTensor x, algorithm kind, PoolGeometry geometry) {
    Sites.Site site = forward.find(y, x, winners, geometry, kind);
    if (site == null) {
      site =
          forward.bind(
              "the pool from " + x + " to " + y,
              y,
              () -> new Forward(y, winners, x, kind, geometry));
    }
    oneDnn.lanes.run(site, x.samples());
  }

  /**
   * @param winners of the maximum, or null for an average
   */
  void backward(
      CpuTensor dx, CpuTensor dy, CpuTensor winners, algorithm kind, PoolGeometry geometry) {
    Sites.Site site = backward.find(dx, dy, winners, geometry, kind);
    if (site == null) {
      site =
          backward.bind(
              "the gradient of the pool from " + dy + " to " + dx,
              dx,
              () -> new Backward(dx, dy, winners, kind, geometry));
    }
    oneDnn.lanes.run(site, dx.samples());
  }

  private pooling_forward.primitive_desc describe(
      int size, CpuTensor x, CpuTensor y, boolean training, algorithm kind, PoolGeometry g) {
    return new pooling_forward.primitive_desc(
        oneDnn.device,
        training ? prop_kind.forward_training : prop_kind.forward_inference,
        kind,
        Operand.nhwc(size, x.shape()),
        Operand.nhwc(size, y.shape()),
        new long[] {g.stride(), g.stride()},
        new long[] {g.kernel(), g.kernel()},
        new long[] {0, 0},
        new long[] {g.padding(), g.padding()},
        ends(x, y, g),
        OneDnn.attributes(),
        false);
  }

  /** Padding at the lower and right ends, as far as the last window reaches. */
  private static long[] ends(CpuTensor x, CpuTensor y, PoolGeometry g) {
    return new long[] {
      end(x.shape().height(), y.shape().height(), g), end(x.shape().width(), y.shape().width(), g)
    };
  }

  private static long end(int input, int output, PoolGeometry g) {
    int reach = (output - 1) * g.stride() + g.kernel() - g.padding() - input;
    return Math.max(g.padding(), reach);
  }

  private static Operand winners(pooling_forward.primitive_desc d, CpuTensor winners, int from) {
    return new Operand(DNNL_ARG_WORKSPACE, d.workspace_desc(), winners.at(from));
  }

  private abstract class Bound extends Sites.Site {
    private final Call[] calls;

    Bound(Object... arguments) {
      super(arguments);
      int samples = ((CpuTensor) arguments[0]).samples();
      calls = new Call[oneDnn.lanes.active(samples)];
    }

    final void bindAll(int samples) {
      for (int lane = 0; lane < calls.length; lane++) {
        int from = oneDnn.lanes.start(lane, samples);
        calls[lane] = bind(lane, from, oneDnn.lanes.start(lane + 1, samples) - from);
      }
    }

    abstract Call bind(int lane, int from, int size);

    @Override
    public void run(Lane lane, int from, int to) {
      calls[lane.index].run();
    }
  }

  private final class Forward extends Bound {
    private final CpuTensor y;
    private final CpuTensor winners;
    private final CpuTensor x;
    private final algorithm kind;
    private final PoolGeometry geometry;

    Forward(CpuTensor y, CpuTensor winners, CpuTensor x, algorithm kind, PoolGeometry geometry) {
      super(x, winners, geometry, kind);
      this.y = y;
      this.winners = winners;
      this.x = x;
      this.kind = kind;
      this.geometry = geometry;
      bindAll(x.samples());
    }

    @Override
    Call bind(int lane, int from, int size) {
      pooling_forward.primitive_desc d = describe(size, x, y, winners != null, kind, geometry);
      pooling_forward made = new pooling_forward(d);
      Operand in = Operand.samples(DNNL_ARG_SRC, x, from, size);
      Operand out = Operand.samples(DNNL_ARG_DST, y, from, size);
      return winners == null
          ? oneDnn.call(lane, made, d, in, out)
          : oneDnn.call(lane, made, d, in, out, winners(d, winners, from));
    }
  }

  private final class Backward extends Bound {
    private final CpuTensor dx;
    private final CpuTensor dy;
    private final CpuTensor winners;
    private final algorithm kind;
    private final PoolGeometry geometry;

    Backward(CpuTensor dx, CpuTensor dy, CpuTensor winners, algorithm kind, PoolGeometry geometry) {
      super(dy, winners, geometry, kind);
      this.dx = dx;
      this.dy = dy;
      this.winners = winners;
      this.kind = kind;
      this.geometry = geometry;
      bindAll(dx.samples());
    }

    @Override
    Call bind(int lane, int from, int size) {
      pooling_forward.primitive_desc hint = describe(size, dx, dy, true, kind, geometry);
      memory.desc in = Operand.nhwc(size, dx.shape());
      memory.desc out = Operand.nhwc(size, dy.shape());
      pooling_backward.primitive_desc d =
          new pooling_backward.primitive_desc(
              oneDnn.device,
              kind,
              in,
              out,
              new long[] {geometry.stride(), geometry.stride()},
              new long[] {geometry.kernel(), geometry.kernel()},
              new long[] {0, 0},
              new long[] {geometry.padding(), geometry.padding()},
              ends(dx, dy, geometry),
              hint,
              OneDnn.attributes(),
              false);
      pooling_backward made = new pooling_backward(d);
      Operand target = Operand.samples(DNNL_ARG_DIFF_SRC, dx, from, size);
      Operand source = Operand.samples(DNNL_ARG_DIFF_DST, dy, from, size);
      return winners == null
          ? oneDnn.call(lane, made, d, target, source)
          : oneDnn.call(lane, made, d, target, source, winners(hint, winners, from));
    }
  }
}
