package dev.selkie.parity;

import dev.selkie.annotation.Block;
import dev.selkie.annotation.Concat;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** The strided module of BN-Inception: its pool hands all channels on. */
@Block
interface SeInceptionReduction {
  @Conv(out = 6)
  Tensor reduce(Tensor x);

  @Conv(out = 8, kernel = 3, strided = true)
  Tensor three(Tensor reduce);

  @MaxPool(kernel = 3, stride = 1, strided = true)
  Tensor pool(Tensor x);

  @Concat
  Tensor joined(Tensor three, Tensor pool);

  @SqueezeExcite(reduction = 4)
  Tensor recalibrated(Tensor joined);
}
