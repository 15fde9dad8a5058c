package dev.selkie.samples;

import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.runtime.Tensor;

/** {@link VggPlainConv} with batch norm; the bias stays, as in torchvision. */
@Block
public interface VggConv {
  @Conv(widths = 1, kernel = 3, bias = Bias.YES)
  Tensor conv(Tensor x);
}
