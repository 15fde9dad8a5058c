package dev.selkie.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.selkie.runtime.ConvGeometry;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;

/** dx from dy, a few samples at a time; adding to dx goes through a buffer that stays in cache. */
final class ConvolutionBackwardData {
  private final OneDnn oneDnn;
  private final boolean accumulate;
  private final Sites sites;

  ConvolutionBackwardData(OneDnn oneDnn, boolean accumulate) {
    this.oneDnn = oneDnn;
    sites = new Sites(oneDnn);
    this.accumulate = accumulate;
  }

  void run(CpuTensor dx, CpuTensor dy, CpuTensor weight, ConvGeometry geometry) {
    Sites.Site site = sites.find(weight, dx, dy, geometry, null);
    if (site == null) {
      site =
          sites.bind(
              "the gradient of the convolution from " + dy + " to " + dx,
              weight,
              () -> new Bound(dx, dy, weight, geometry));
    }
    if (Chunks.suit(weight)) {
      oneDnn.lanes.chain().add((Bound) site, dx.samples());
    } else {
      oneDnn.lanes.run(site, dx.samples());
    }
  }

  private final class Bound extends Sites.Site implements Link {
    private final CpuTensor dx;
    private final CpuTensor dy;
    private final ConvolutionLayout layout;
    private final Call[] weights;
    private final Chunks[] chunks;
    private final CpuTensor[] touched;

    Bound(CpuTensor dx, CpuTensor dy, CpuTensor weight, ConvGeometry geometry) {
      super(dx, dy, geometry);
      this.dx = dx;
      this.dy = dy;
      this.layout = new ConvolutionLayout(weight.shape(), geometry);
      int lanes = oneDnn.lanes.active(dx.samples());
      weights = new Call[lanes];
      chunks = new Chunks[lanes];
      touched = new CpuTensor[] {dx, dy};
      for (int lane = 0; lane < lanes; lane++) {
        bind(lane, weight);
      }
    }

    @Override
    public void run(Lane lane, int from, int to) {
      weights[lane.index].run();
      chunks[lane.index].run(from, to);
    }

    @Override
    public int chunk() {
      return Chunks.largest(chunks);
    }

    @Override
    public CpuTensor[] touched() {
      return touched;
    }

    @Override
    public int written() {
      return 1;
    }

    private void bind(int lane, CpuTensor weight) {
      int end = oneDnn.lanes.start(lane + 1, dx.samples());
      int from = oneDnn.lanes.start(lane, dx.samples());
      int size = OneDnn.chunk(end - from, 4L * (dx.perSample() + dy.perSample()));
      Chunks calls = new Chunks(from, size);
      Made whole = new Made(size, layout.anyWeights());
      memory.desc form = whole.description.weights_desc();
      Operand packed =
          new Operand(
              DNNL_ARG_WEIGHTS,
              form,
              oneDnn.scratch(lane, OneDnn.Scratch.WEIGHTS, form.get_size()));
      weights[lane] =
          oneDnn.reorder(lane, packed, new Operand(0, layout.weights(), weight.at(0)), false);
      for (; from + size <= end; from += size) {
        whole.call(calls, lane, from, packed);
      }
      if (from < end) {
        new Made(end - from, form).call(calls, lane, from, packed);
      }
      chunks[lane] = calls;
    }

    /** The primitive for one number of samples. */
    private final class Made {
      private final int size;
      private final convolution_backward_data.primitive_desc description;
      private final convolution_backward_data primitive;

      Made(int size, memory.desc weightLayout) {
        this.size = size;
        this.description =
            OneDnn.choose(() -> describe(size, weightLayout), layout.backwardDirect());
        this.primitive = new convolution_backward_data(description);
      }

      void call(Chunks calls, int lane, int from, Operand packed) {
        Operand result = Operand.samples(DNNL_ARG_DIFF_SRC, dx, from, size);
        Operand target = accumulate ? buffer(lane, result.description()) : result;
        Call call =
            oneDnn.call(
                lane,
                primitive,
                description,
                Operand.samples(DNNL_ARG_DIFF_DST, dy, from, size),
                packed,
                target);
        if (accumulate) {
          calls.add(call, oneDnn.reorder(lane, result, target, true));
        } else {
          calls.add(call);
        }
      }

      private Operand buffer(int lane, memory.desc form) {
        BytePointer place = oneDnn.scratch(lane, OneDnn.Scratch.RESULT, form.get_size());
        return new Operand(DNNL_ARG_DIFF_SRC, form, place);
      }
    }

    private convolution_backward_data.primitive_desc describe(int size, memory.desc weightLayout) {
      memory.desc source = Operand.nhwc(size, dx.shape());
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
      return new convolution_backward_data.primitive_desc(
          oneDnn.device,
          algorithm.convolution_direct,
          source,
          weightLayout,
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
