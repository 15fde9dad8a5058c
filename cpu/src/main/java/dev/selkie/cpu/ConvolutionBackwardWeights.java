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
 * The weights' gradient: each lane sums over its samples, and the sums are added in their order.
 */
final class ConvolutionBackwardWeights {
  private final OneDnn oneDnn;
  private final Sites sites = new Sites();

  ConvolutionBackwardWeights(OneDnn oneDnn) {
    this.oneDnn = oneDnn;
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
    oneDnn.lanes.run(site, x.samples());
    oneDnn.lanes.run(((Bound) site).addition, 1);
  }

  private final class Bound extends Sites.Site {
    private final CpuTensor x;
    private final CpuTensor dy;
    private final ConvolutionLayout layout;
    private final Call[] sums;
    private final Call[] additions;
    private final Lanes.Work addition = this::add;

    Bound(CpuTensor dWeight, CpuTensor x, CpuTensor dy, ConvGeometry geometry) {
      super(x, dy, geometry);
      this.x = x;
      this.dy = dy;
      this.layout = new ConvolutionLayout(dWeight.shape(), geometry);
      layout.check("convolution weight gradient", x, dy);
      int lanes = oneDnn.lanes.active(x.samples());
      sums = new Call[lanes];
      additions = new Call[lanes];
      for (int lane = 0; lane < lanes; lane++) {
        bind(lane, dWeight);
      }
    }

    @Override
    public void run(Lane lane, int from, int to) {
      sums[lane.index].run();
    }

    private void add(Lane lane, int from, int to) {
      for (Call addition : additions) {
        addition.run();
      }
    }

    private void bind(int lane, CpuTensor dWeight) {
      int from = oneDnn.lanes.start(lane, x.samples());
      int size = oneDnn.lanes.start(lane + 1, x.samples()) - from;
      convolution_backward_weights.primitive_desc description =
          OneDnn.choose(() -> describe(size), layout.forwardDirect());
      memory.desc form = description.diff_weights_desc();
      Operand sum =
          new Operand(
              DNNL_ARG_DIFF_WEIGHTS,
              form,
              oneDnn.scratch(lane, OneDnn.Scratch.RESULT, form.get_size()));
      sums[lane] =
          oneDnn.call(
              lane,
              new convolution_backward_weights(description),
              description,
              Operand.samples(DNNL_ARG_SRC, x, from, size),
              Operand.samples(DNNL_ARG_DIFF_DST, dy, from, size),
              sum);
      Operand gradient = new Operand(DNNL_ARG_DIFF_WEIGHTS, layout.weights(), dWeight.at(0));
      // All additions run on the first lane, one behind the other.
      additions[lane] = oneDnn.reorder(0, gradient, sum, true);
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
