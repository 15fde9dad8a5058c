package dev.selkie.samples;

import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** {@link VggConv} with squeeze-and-excitation behind its ReLU. */
@Block
public interface SeVggConv {
  @Conv(widths = 1, kernel = 3, bias = Bias.YES)
  Tensor conv(Tensor x);

  @SqueezeExcite(reduction = 16)
  Tensor out(Tensor conv);
}
