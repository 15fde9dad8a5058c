package dev.selkie.samples;

import static dev.selkie.annotation.Groups.CHANNELS;

import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** {@link SeparableConv} with squeeze-and-excitation behind it. */
@Block
public interface SeSeparableConv {
  @Conv(kernel = 3, strided = true, groups = CHANNELS)
  Tensor depthwise(Tensor x);

  @Conv(widths = 1)
  Tensor pointwise(Tensor depthwise);

  @SqueezeExcite(reduction = 16)
  Tensor out(Tensor pointwise);
}
