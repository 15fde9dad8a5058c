package dev.selkie.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import dev.selkie.runtime.ConvGeometry;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/**
 * The weights' gradient of a 3x3 convolution by {@link Winograd}: {@code G^T} of the sums of {@code
 * (A dy) * (B^T x)}. Each lane sums over its samples, and the lanes' sums are added in their order.
 */
final class WinogradBackwardWeights extends Sites.Site implements Link {
  private final OneDnn oneDnn;
  private final CpuTensor[] touched;
  private final Winograd x;
  private final Winograd dy;
  private final WinogradWeights weights;
  private final int size;
  private final Share[] shares;
  private final OneDnn.Place plain;
  private final Call[][] additions = new Call[Winograd.POINTS][];
  private final int filters;
  private final Lanes.Work addition = this::add;
  private final Lanes.Work result;

  WinogradBackwardWeights(
      OneDnn oneDnn, CpuTensor dWeight, CpuTensor x, CpuTensor dy, ConvGeometry geometry) {
    super(x, dy, geometry);
    this.oneDnn = oneDnn;
    this.touched = new CpuTensor[] {x, dy};
    this.x = new Winograd(x);
    this.dy = new Winograd(dy);
    this.weights = new WinogradWeights(dWeight);
    this.filters = dWeight.shape().batch();
    this.size = Winograd.chunk(oneDnn.lanes, x, dy);
    this.shares = new Share[oneDnn.lanes.active(x.samples())];
    for (int lane = 0; lane < shares.length; lane++) {
      shares[lane] = new Share(lane, oneDnn.lanes.samples(lane, x.samples()));
    }
    long values = (long) Winograd.POINTS * weights.perPoint();
    this.plain = oneDnn.place(0, OneDnn.Scratch.WEIGHTS, values);
    this.result = (lane, from, to) -> weights.accumulate(plain.floats(), lane, from, to);
    for (int k = 0; k < Winograd.POINTS; k++) {
      additions[k] = additions(k);
    }
  }

  /** One point's sums of all lanes in one, then in our own layout. */
  private Call[] additions(int k) {
    int lane = 0;
    while (oneDnn.lanes.start(lane + 1, Winograd.POINTS) <= k) {
      lane++;
    }
    Call[] calls = new Call[shares.length];
    Operand first = shares[0].sums[k];
    for (int i = 1; i < shares.length; i++) {
      calls[i - 1] = oneDnn.reorder(lane, first, shares[i].sums[k], true);
    }
    Operand own = new Operand(0, weights.forward(), plain.at((long) k * weights.perPoint()));
    calls[shares.length - 1] = oneDnn.reorder(lane, own, first, false);
    return calls;
  }

  @Override
  public void begin(Lane lane) {
    shares[lane.index].begun = false;
  }

  @Override
  public void run(Lane lane, int from, int to) {
    for (int start = from; start < to; start += size) {
      shares[lane.index].run(lane, start, Math.min(start + size, to));
    }
  }

  @Override
  public int chunk() {
    return size;
  }

  @Override
  public CpuTensor[] touched() {
    return touched;
  }

  @Override
  public void finish() {
    oneDnn.lanes.runNow(addition, Winograd.POINTS);
    oneDnn.lanes.runNow(result, filters);
  }

  private void add(Lane lane, int from, int to) {
    for (int k = from; k < to; k++) {
      for (Call call : additions[k]) {
        call.run();
      }
    }
  }

  /** What one lane needs. */
  private final class Share {
    private final Operand[] sums = new Operand[Winograd.POINTS];
    private final Piece whole;
    private final Piece rest;
    private boolean begun;

    Share(int lane, int samples) {
      convolution_backward_weights.primitive_desc description = describe(size, weights.any(false));
      memory.desc form = description.diff_weights_desc();
      for (int k = 0; k < sums.length; k++) {
        sums[k] = new Operand(DNNL_ARG_DIFF_WEIGHTS, form, oneDnn.reserve(form.get_size()));
      }
      whole = new Piece(lane, size, description, sums);
      int left = samples % size;
      rest = left == 0 ? null : new Piece(lane, left, describe(left, form), sums);
    }

    void run(Lane lane, int from, int to) {
      (to - from == size ? whole : rest).run(lane, from, to, begun);
      begun = true;
    }
  }

  /** The calls for one number of samples. */
  private final class Piece {
    private final OneDnn.Place rows;
    private final OneDnn.Place gradients;

    /** Writes a point's sum. */
    private final Call[] first = new Call[Winograd.POINTS];

    /** Writes a summand, and adds it. */
    private final Call[] more = new Call[2 * Winograd.POINTS];

    Piece(
        int lane,
        int samples,
        convolution_backward_weights.primitive_desc description,
        Operand[] sums) {
      int in = x.perPoint(samples);
      int out = dy.perPoint(samples);
      rows = oneDnn.place(lane, OneDnn.Scratch.ROWS, (long) Winograd.POINTS * in);
      gradients = oneDnn.place(lane, OneDnn.Scratch.PRODUCTS, (long) Winograd.POINTS * out);
      convolution_backward_weights primitive = new convolution_backward_weights(description);
      memory.desc source = Operand.nhwc(1, x.image(samples));
      memory.desc target = Operand.nhwc(1, dy.image(samples));
      memory.desc form = description.diff_weights_desc();
      Operand summand =
          new Operand(
              DNNL_ARG_DIFF_WEIGHTS,
              form,
              oneDnn.scratch(lane, OneDnn.Scratch.RESULT, form.get_size()));
      for (int k = 0; k < Winograd.POINTS; k++) {
        Operand from = new Operand(DNNL_ARG_SRC, source, rows.at((long) k * in));
        Operand to = new Operand(DNNL_ARG_DIFF_DST, target, gradients.at((long) k * out));
        first[k] = oneDnn.call(lane, primitive, description, from, to, sums[k]);
        more[2 * k] = oneDnn.call(lane, primitive, description, from, to, summand);
        more[2 * k + 1] = oneDnn.reorder(lane, sums[k], summand, true);
      }
    }

    void run(Lane lane, int from, int to, boolean begun) {
      x.input(rows.floats(), lane, from, to);
      dy.spread(gradients.floats(), lane, from, to);
      for (Call call : begun ? more : first) {
        call.run();
      }
    }
  }

  private convolution_backward_weights.primitive_desc describe(int samples, memory.desc form) {
    memory.desc source = Operand.nhwc(1, x.image(samples));
    memory.desc target = Operand.nhwc(1, dy.image(samples));
    convolution_forward.primitive_desc hint =
        new convolution_forward.primitive_desc(
            oneDnn.device,
            prop_kind.forward_training,
            algorithm.convolution_direct,
            source,
            weights.any(false),
            target,
            Winograd.STRIDES,
            Winograd.DILATIONS,
            Winograd.PADDING,
            Winograd.PADDING);
    return OneDnn.choose(
        () ->
            new convolution_backward_weights.primitive_desc(
                oneDnn.device,
                algorithm.convolution_direct,
                source,
                form,
                target,
                Winograd.STRIDES,
                Winograd.DILATIONS,
                Winograd.PADDING,
                Winograd.PADDING,
                hint,
                OneDnn.attributes(),
                false),
        true);
  }
}
