package dev.selkie.parity;

import static dev.selkie.annotation.Norm.NONE;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.runtime.Tensor;

/** Squeeze-and-excitation behind a ReLU, with a batch norm before it and without. */
@Network(input = @Input(channels = 3, height = 16, width = 16))
interface SmallSeVgg {
  @Conv(out = 8, kernel = 3, norm = NONE)
  Tensor conv1(Tensor image);

  @SqueezeExcite(reduction = 2)
  Tensor gated1(Tensor conv1);

  @MaxPool(kernel = 2)
  Tensor pool1(Tensor gated1);

  @Conv(out = 16, kernel = 3)
  Tensor conv2(Tensor pool1);

  @SqueezeExcite(reduction = 4)
  Tensor gated2(Tensor conv2);

  @MaxPool(kernel = 2)
  Tensor pool2(Tensor gated2);

  @GlobalAveragePool
  Tensor features(Tensor pool2);

  @Dense(out = 10)
  Tensor logits(Tensor features);
}
