package dev.selkie.samples;

import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Norm;
import dev.selkie.runtime.Tensor;

/** A layer of VGG: 3x3 convolution with bias, ReLU (Simonyan and Zisserman, 2015). */
@Block
public interface VggPlainConv {
  @Conv(widths = 1, kernel = 3, norm = Norm.NONE)
  Tensor conv(Tensor x);
}
