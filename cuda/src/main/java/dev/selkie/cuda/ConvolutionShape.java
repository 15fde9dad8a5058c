package dev.selkie.cuda;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;

/** All sizes of one convolution; x and y are NHWC. */
record ConvolutionShape(Shape x, Shape y, ConvGeometry geometry, Precision precision) {
  /** Weights (out, kernel height, kernel width, in / groups). */
  Shape weight() {
    return new Shape(
        y.channels(),
        geometry.kernelHeight(),
        geometry.kernelWidth(),
        x.channels() / geometry.groups());
  }

  /** Such as {@code 256x56x56x64 to 256x56x56x256, 1x1 stride 1 ... float32}. */
  @Override
  public String toString() {
    return "%s to %s, %dx%d stride %d dilation %d groups %d %s"
        .formatted(
            x,
            y,
            geometry.kernelHeight(),
            geometry.kernelWidth(),
            geometry.stride(),
            geometry.dilation(),
            geometry.groups(),
            precision);
  }
}
