package dev.selkie.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/**
 * A 3x3 convolution by {@link Winograd}, or its gradient, which is one with the window turned and
 * in and out exchanged.
 */
final class WinogradConvolution extends Sites.Site implements Link {
  private final OneDnn oneDnn;
  private final CpuTensor[] touched;
  private final Winograd source;
  private final Winograd target;
  private final WinogradWeights weights;
  private final boolean gradient;
  private final boolean accumulate;
  private final int size;
  private final Share[] shares;

  /**
   * @param gradient whether {@code to} is the gradient of the input, and {@code from} that of the
   *     output
   * @param arguments that this site serves
   */
  WinogradConvolution(
      OneDnn oneDnn,
      CpuTensor to,
      CpuTensor from,
      CpuTensor weight,
      boolean gradient,
      boolean accumulate,
      Object... arguments) {
    super(arguments);
    this.oneDnn = oneDnn;
    this.touched = new CpuTensor[] {to, from};
    this.source = new Winograd(from);
    this.target = new Winograd(to);
    this.weights = new WinogradWeights(weight);
    this.gradient = gradient;
    this.accumulate = accumulate;
    int lanes = oneDnn.lanes.active(to.samples());
    this.size = Winograd.chunk(oneDnn.lanes, to, from);
    this.shares = new Share[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      shares[lane] = new Share(lane, oneDnn.lanes.samples(lane, to.samples()));
    }
  }

  @Override
  public void begin(Lane lane) {
    shares[lane.index].pack(lane);
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
  public int written() {
    return 1;
  }

  /** What one lane needs. */
  private final class Share {
    private final OneDnn.Place plain;
    private final Call[] packs = new Call[Winograd.POINTS];
    private final Piece whole;
    private final Piece rest;

    Share(int lane, int samples) {
      int step = weights.perPoint();
      plain = oneDnn.place(lane, OneDnn.Scratch.WEIGHTS, (long) Winograd.POINTS * step);
      convolution_forward.primitive_desc description = describe(size, weights.any(gradient));
      memory.desc form = description.weights_desc();
      memory.desc layout = gradient ? weights.backward() : weights.forward();
      Operand[] packed = new Operand[Winograd.POINTS];
      for (int k = 0; k < packed.length; k++) {
        packed[k] = new Operand(DNNL_ARG_WEIGHTS, form, oneDnn.reserve(form.get_size()));
        Operand unpacked = new Operand(0, layout, plain.at((long) k * step));
        packs[k] = oneDnn.reorder(lane, packed[k], unpacked, false);
      }
      whole = new Piece(lane, size, description, packed);
      int left = samples % size;
      rest = left == 0 ? null : new Piece(lane, left, describe(left, form), packed);
    }

    void pack(Lane lane) {
      weights.transform(plain.floats(), lane, gradient);
      for (Call pack : packs) {
        pack.run();
      }
    }

    void run(Lane lane, int from, int to) {
      (to - from == size ? whole : rest).run(lane, from, to);
    }
  }

  /** The calls for one number of samples. */
  private final class Piece {
    private final OneDnn.Place rows;
    private final OneDnn.Place products;
    private final Call[] calls = new Call[Winograd.POINTS];

    Piece(int lane, int samples, convolution_forward.primitive_desc description, Operand[] packed) {
      int in = source.perPoint(samples);
      int out = target.perPoint(samples);
      rows = oneDnn.place(lane, OneDnn.Scratch.ROWS, (long) Winograd.POINTS * in);
      products = oneDnn.place(lane, OneDnn.Scratch.PRODUCTS, (long) Winograd.POINTS * out);
      convolution_forward primitive = new convolution_forward(description);
      memory.desc from = Operand.nhwc(1, source.image(samples));
      memory.desc to = Operand.nhwc(1, target.image(samples));
      for (int k = 0; k < calls.length; k++) {
        calls[k] =
            oneDnn.call(
                lane,
                primitive,
                description,
                new Operand(DNNL_ARG_SRC, from, rows.at((long) k * in)),
                packed[k],
                new Operand(DNNL_ARG_DST, to, products.at((long) k * out)));
      }
    }

    void run(Lane lane, int from, int to) {
      source.input(rows.floats(), lane, from, to);
      for (Call call : calls) {
        call.run();
      }
      target.output(products.floats(), lane, from, to, accumulate);
    }
  }

  private convolution_forward.primitive_desc describe(int samples, memory.desc form) {
    return OneDnn.choose(
        () ->
            new convolution_forward.primitive_desc(
                oneDnn.device,
                prop_kind.forward_training,
                algorithm.convolution_direct,
                Operand.nhwc(1, source.image(samples)),
                form,
                new memory.desc(),
                Operand.nhwc(1, target.image(samples)),
                Winograd.STRIDES,
                Winograd.DILATIONS,
                Winograd.PADDING,
                Winograd.PADDING,
                OneDnn.attributes(),
                false),
        true);
  }
}
