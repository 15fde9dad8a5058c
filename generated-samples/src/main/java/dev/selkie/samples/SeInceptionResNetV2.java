package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/**
 * {@link InceptionResNetV2} with squeeze-and-excitation in its residual units (Hu et al., 2018,
 * table 2).
 */
@Network(input = @Input(channels = 3, height = 299, width = 299))
public interface SeInceptionResNetV2 {
  @Conv(out = 32, kernel = 3, stride = 2, padding = 0)
  Tensor stem1(Tensor image);

  @Conv(out = 32, kernel = 3, padding = 0)
  Tensor stem2(Tensor stem1);

  @Conv(out = 64, kernel = 3)
  Tensor stem3(Tensor stem2);

  @MaxPool(kernel = 3, stride = 2, padding = 0)
  Tensor pool1(Tensor stem3);

  @Conv(out = 80)
  Tensor stem4(Tensor pool1);

  @Conv(out = 192, kernel = 3, padding = 0)
  Tensor stem5(Tensor stem4);

  @MaxPool(kernel = 3, stride = 2, padding = 0)
  Tensor pool2(Tensor stem5);

  @Stage(block = InceptionResNetReductions.Mixed35.class)
  Tensor mixed35(Tensor pool2);

  @Stage(block = SeInceptionResNetUnits.Block35.class, repeat = 10)
  Tensor stage35(Tensor mixed35);

  @Stage(block = InceptionResNetReductions.Mixed17.class)
  Tensor mixed17(Tensor stage35);

  @Stage(block = SeInceptionResNetUnits.Block17.class, repeat = 20)
  Tensor stage17(Tensor mixed17);

  @Stage(block = InceptionResNetReductions.Mixed8.class)
  Tensor mixed8(Tensor stage17);

  @Stage(block = SeInceptionResNetUnits.Block8.class, repeat = 9)
  Tensor stage8(Tensor mixed8);

  @Stage(block = SeInceptionResNetUnits.LastBlock8.class)
  Tensor last8(Tensor stage8);

  @Conv(out = 1536)
  Tensor top(Tensor last8);

  @GlobalAveragePool
  Tensor features(Tensor top);

  @Dense(out = 1000)
  Tensor logits(Tensor features);
}
