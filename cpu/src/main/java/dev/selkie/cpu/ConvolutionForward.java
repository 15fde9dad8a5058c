package dev.selkie.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.ConvGeometry;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * y = act(weight * x + bias + residual), all but the convolution optional: one primitive with
 * post-ops, run on a few samples at a time.
 */
final class ConvolutionForward {
  private final OneDnn oneDnn;
  private final Sites sites;

  ConvolutionForward(OneDnn oneDnn) {
    this.oneDnn = oneDnn;
    sites = new Sites(oneDnn);
  }

  void run(
      CpuTensor y,
      CpuTensor x,
      CpuTensor weight,
      CpuTensor bias,
      CpuTensor residual,
      Activation activation,
      ConvGeometry geometry) {
    Sites.Site site = sites.find(y, x, weight, residual, geometry);
    if (site == null || ((Bound) site).bias != bias || ((Bound) site).activation != activation) {
      site =
          sites.bind(
              "the convolution of " + x + " to " + y,
              y,
              () -> new Bound(y, x, weight, bias, residual, activation, geometry));
    }
    if (Chunks.suit(weight)) {
      oneDnn.lanes.chain().add((Bound) site, y.samples());
    } else {
      oneDnn.lanes.run(site, y.samples());
    }
  }

  private final class Bound extends Sites.Site implements Link {
    private final CpuTensor y;
    private final CpuTensor x;
    private final CpuTensor residual;
    private final CpuTensor bias;
    private final Activation activation;
    private final ConvolutionLayout layout;
    private final Call[] weights;
    private final Chunks[] chunks;
    private final CpuTensor[] touched;

    Bound(
        CpuTensor y,
        CpuTensor x,
        CpuTensor weight,
        CpuTensor bias,
        CpuTensor residual,
        Activation activation,
        ConvGeometry geometry) {
      super(x, weight, residual, geometry);
      this.y = y;
      this.x = x;
      this.residual = residual;
      this.bias = bias;
      this.activation = activation;
      this.layout = new ConvolutionLayout(weight.shape(), geometry);
      int lanes = oneDnn.lanes.active(y.samples());
      weights = new Call[lanes];
      chunks = new Chunks[lanes];
      touched = new CpuTensor[] {y, x, residual};
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
      int end = oneDnn.lanes.start(lane + 1, y.samples());
      int from = oneDnn.lanes.start(lane, y.samples());
      int size = OneDnn.chunk(end - from, 4L * (x.perSample() + y.perSample()));
      Chunks calls = new Chunks(from, size);
      Made whole = new Made(size);
      Operand packed = whole.weights(lane);
      weights[lane] =
          oneDnn.reorder(lane, packed, new Operand(0, layout.weights(), weight.at(0)), false);
      for (; from + size <= end; from += size) {
        calls.add(whole.call(lane, from, packed));
      }
      if (from < end) {
        calls.add(new Made(end - from, packed.description()).call(lane, from, packed));
      }
      chunks[lane] = calls;
    }

    /** The primitive for one number of samples. */
    private final class Made {
      private final int size;
      private final convolution_forward.primitive_desc description;
      private final convolution_forward primitive;

      Made(int size) {
        this(size, layout.anyWeights());
      }

      Made(int size, memory.desc weightLayout) {
        this.size = size;
        this.description =
            OneDnn.choose(() -> describe(size, weightLayout), layout.forwardDirect());
        this.primitive = new convolution_forward(description);
      }

      Operand weights(int lane) {
        memory.desc packed = description.weights_desc();
        return new Operand(
            DNNL_ARG_WEIGHTS,
            packed,
            oneDnn.scratch(lane, OneDnn.Scratch.WEIGHTS, packed.get_size()));
      }

      Call call(int lane, int from, Operand packed) {
        List<Operand> operands = new ArrayList<>();
        operands.add(Operand.samples(DNNL_ARG_SRC, x, from, size));
        operands.add(packed);
        operands.add(Operand.samples(DNNL_ARG_DST, y, from, size));
        if (bias != null) {
          operands.add(new Operand(DNNL_ARG_BIAS, Operand.vector(bias.count()), bias.at(0)));
        }
        if (residual != null) {
          int role = DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1;
          operands.add(Operand.samples(role, residual, from, size));
        }
        return oneDnn.call(lane, primitive, description, operands.toArray(Operand[]::new));
      }
    }

    private convolution_forward.primitive_desc describe(int size, memory.desc weightLayout) {
      memory.desc none = new memory.desc();
      return new convolution_forward.primitive_desc(
          oneDnn.device,
          prop_kind.forward_training,
          algorithm.convolution_direct,
          Operand.nhwc(size, x.shape()),
          weightLayout,
          bias == null ? none : Operand.vector(bias.count()),
          Operand.nhwc(size, y.shape()),
          layout.strides(),
          layout.dilations(),
          layout.padding(),
          layout.padding(),
          attributes(size),
          false);
    }

    private primitive_attr attributes(int size) {
      post_ops after = new post_ops();
      if (residual != null) {
        after.append_binary(algorithm.binary_add, Operand.nhwc(size, residual.shape()));
      }
      switch (activation) {
        case NONE -> {}
        case RELU -> after.append_eltwise(algorithm.eltwise_relu, 0f, 0f);
        case SIGMOID -> after.append_eltwise(algorithm.eltwise_logistic, 0f, 0f);
      }
      primitive_attr attributes = OneDnn.attributes();
      attributes.set_post_ops(after);
      return attributes;
    }
  }
}
