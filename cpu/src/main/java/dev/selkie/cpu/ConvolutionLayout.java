package dev.selkie.cpu;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Shape;
import org.bytedeco.dnnl.memory;

/** A convolution in oneDNN's terms: padding, steps, and the layout of our weights. */
record ConvolutionLayout(Shape weight, ConvGeometry geometry) {

  long[] strides() {
    return new long[] {geometry.stride(), geometry.stride()};
  }

  /** oneDNN counts the gaps between taps. */
  long[] dilations() {
    return new long[] {geometry.dilation() - 1, geometry.dilation() - 1};
  }

  long[] padding() {
    return new long[] {geometry.paddingHeight(), geometry.paddingWidth()};
  }

  /** Our weights as they lie: (out, kernel height, kernel width, in / groups). */
  memory.desc weights() {
    long taps = (long) weight.height() * weight.width();
    long in = weight.channels();
    long filter = taps * in;
    long row = weight.width() * in;
    long[] steps =
        geometry.groups() == 1
            ? new long[] {filter, 1, row, in}
            : new long[] {filter * weight.batch() / geometry.groups(), filter, 1, row, in};
    return new memory.desc(dimensions(), memory.data_type.f32, steps);
  }

  /** Weights in whatever layout the primitive likes best. */
  memory.desc anyWeights() {
    return new memory.desc(dimensions(), memory.data_type.f32, memory.format_tag.any);
  }

  /** Where the direct kernels win over oneDNN's first choice going backward. */
  boolean backwardDirect() {
    return geometry.stride() > 1 || weight.channels() <= 16;
  }

  boolean forwardDirect() {
    return geometry.stride() > 1;
  }

  private long[] dimensions() {
    long groups = geometry.groups();
    return groups == 1
        ? new long[] {weight.batch(), weight.channels(), weight.height(), weight.width()}
        : new long[] {
          groups, weight.batch() / groups, weight.channels(), weight.height(), weight.width()
        };
  }
}
