package dev.selkie.samples;

import static dev.selkie.annotation.Groups.CHANNELS;

import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.runtime.Tensor;

/**
 * A depthwise 3x3 and a 1x1 convolution, each with batch norm and ReLU (Howard et al., 2017, figure
 * 3).
 */
@Block
public interface SeparableConv {
  @Conv(kernel = 3, strided = true, groups = CHANNELS)
  Tensor depthwise(Tensor x);

  @Conv(widths = 1)
  Tensor pointwise(Tensor depthwise);
}
