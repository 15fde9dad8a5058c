package dev.selkie.parity;

import dev.selkie.annotation.AveragePool;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Concat;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** The module of BN-Inception (Ioffe and Szegedy, 2015), recalibrated as a whole. */
@Block
interface SeInceptionModule {
  @Conv(out = 8)
  Tensor single(Tensor x);

  @Conv(out = 6)
  Tensor reduce(Tensor x);

  @Conv(out = 8, kernel = 3)
  Tensor three(Tensor reduce);

  @Conv(out = 4)
  Tensor doubleReduce(Tensor x);

  @Conv(out = 6, kernel = 3)
  Tensor doubleFirst(Tensor doubleReduce);

  @Conv(out = 6, kernel = 3)
  Tensor doubleSecond(Tensor doubleFirst);

  @AveragePool(kernel = 3, stride = 1)
  Tensor average(Tensor x);

  @Conv(out = 4)
  Tensor projected(Tensor average);

  @Concat
  Tensor joined(Tensor single, Tensor three, Tensor doubleSecond, Tensor projected);

  @SqueezeExcite(reduction = 4)
  Tensor recalibrated(Tensor joined);
}
