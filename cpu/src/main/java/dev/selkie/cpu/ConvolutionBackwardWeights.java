package dev.selkie.cpu;

import static dev.selkie.cpu.OneDnn.Scratch.RESULT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import dev.selkie.runtime.ConvGeometry;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;

/**
 * The weights' gradient: each lane sums over its samples, a few at a time where the weights are
 * small, and the lanes' sums are added in their order.
 */
final class ConvolutionBackwardWeights {
  private final OneDnn oneDnn;
  private final Sites sites;

  ConvolutionBackwardWeights(OneDnn oneDnn) {
    this.oneDnn = oneDnn;
    sites = new Sites(oneDnn);
  }

  void run(CpuTensor dWeight, CpuTensor x, CpuTensor dy, ConvGeometry geometry) {
    Sites.Site site = sites.find(dWeight, x, dy, geometry, null);
    if (site == null) {
      site =
          sites.bind(
              "the weight gradient of the convolution from " + x + " to " + dy,
              dWeight,
              () -> new Bound(dWeight, x, dy, geometry));
    }
    if (Chunks.suit(dWeight)) {
      oneDnn.lanes.chain().add((Bound) site, x.samples());
    } else {
      oneDnn.lanes.run(site, x.samples());
      ((Bound) site).finish();
    }
  }

  private final class Bound extends Sites.Site implements Link {
    private final CpuTensor x;
    private final CpuTensor dy;
    private final ConvolutionLayout layout;
    private final Chunks[] sums;
    private final CpuTensor[] touched;
    private final Call[] additions;
    private final Lanes.Work addition = this::add;

    Bound(CpuTensor dWeight, CpuTensor x, CpuTensor dy, ConvGeometry geometry) {
      super(x, dy, geometry);
      this.x = x;
      this.dy = dy;
      this.layout = new ConvolutionLayout(dWeight.shape(), geometry);
      int lanes = oneDnn.lanes.active(x.samples());
      sums = new Chunks[lanes];
      touched = new CpuTensor[] {x, dy};
      additions = new Call[lanes];
      for (int lane = 0; lane < lanes; lane++) {
        bind(lane, dWeight);
      }
    }

    @Override
    public void run(Lane lane, int from, int to) {
      sums[lane.index].run(from, to);
    }

    @Override
    public int chunk() {
      return Chunks.largest(sums);
    }

    @Override
    public CpuTensor[] touched() {
      return touched;
    }

    @Override
    public int written() {
      return 0;
    }

    @Override
    public void finish() {
      oneDnn.lanes.runNow(addition, 1);
    }

    private void add(Lane lane, int from, int to) {
      for (Call addition : additions) {
        addition.run();
      }
    }

    private void bind(int lane, CpuTensor dWeight) {
      int from = oneDnn.lanes.start(lane, x.samples());
      int end = oneDnn.lanes.start(lane + 1, x.samples());
      boolean small = Chunks.suit(dWeight);
      int size =
          small ? OneDnn.chunk(end - from, 4L * (x.perSample() + dy.perSample())) : end - from;
      Made whole = new Made(size);
      memory.desc form = whole.description.diff_weights_desc();
      long bytes = form.get_size();
      // In a chain other weights' sums are open at the same time, so small sums have their own
      // place.
      Operand sum =
          result(form, small ? oneDnn.reserve(bytes) : oneDnn.scratch(lane, RESULT, bytes));
      sums[lane] = new Chunks(from, size);
      sums[lane].add(whole.call(lane, from, sum));
      for (from += size; from < end; from += size) {
        Made part = from + size <= end ? whole : new Made(end - from);
        memory.desc partForm = part.description.diff_weights_desc();
        Operand summand = result(partForm, oneDnn.scratch(lane, RESULT, partForm.get_size()));
        sums[lane].add(part.call(lane, from, summand), oneDnn.reorder(lane, sum, summand, true));
      }
      Operand gradient = new Operand(DNNL_ARG_DIFF_WEIGHTS, layout.weights(), dWeight.at(0));
      // All additions run on the first lane, one behind the other.
      additions[lane] = oneDnn.reorder(0, gradient, sum, true);
    }

    private static Operand result(memory.desc form, BytePointer place) {
      return new Operand(DNNL_ARG_DIFF_WEIGHTS, form, place);
    }

    /** The primitive for one number of samples. */
    private final class Made {
      private final int size;
      private final convolution_backward_weights.primitive_desc description;
      private final convolution_backward_weights primitive;

      Made(int size) {
        this.size = size;
        this.description = OneDnn.choose(() -> describe(size), layout.forwardDirect());
        this.primitive = new convolution_backward_weights(description);
      }

      Call call(int lane, int from, Operand sum) {
        return oneDnn.call(
            lane,
            primitive,
            description,
            Operand.samples(DNNL_ARG_SRC, x, from, size),
            Operand.samples(DNNL_ARG_DIFF_DST, dy, from, size),
            sum);
      }
    }

    private convolution_backward_weights.primitive_desc describe(int size) {
      memory.desc source = Operand.nhwc(size, x.shape());
      memory.desc target = Operand.nhwc(size, dy.shape());
      convolution_forward.primitive_desc hint =
          new convolution_forward.primitive_desc(
              oneDnn.device,
              prop_kind.forward_training,
              algorithm.convolution_direct,
              source,
              layout.anyWeights(),
              target,
              layout.strides(),
              layout.dilations(),
              layout.padding(),
              layout.padding());
      return new convolution_backward_weights.primitive_desc(
          oneDnn.device,
          algorithm.convolution_direct,
          source,
          layout.anyWeights(),
          target,
          layout.strides(),
          layout.dilations(),
          layout.padding(),
          layout.padding(),
          hint,
          OneDnn.attributes(),
          false);
    }
  }
}
