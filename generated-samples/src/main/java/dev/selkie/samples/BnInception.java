package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** BN-Inception (Ioffe and Szegedy, 2015, figure 5). */
@Network(input = @Input(channels = 3, height = 224, width = 224))
public interface BnInception {
  @Conv(out = 64, kernel = 7, stride = 2)
  Tensor stem1(Tensor image);

  @MaxPool(kernel = 3, stride = 2, padding = 0, ceil = true)
  Tensor pool1(Tensor stem1);

  @Conv(out = 64)
  Tensor stem2Reduce(Tensor pool1);

  @Conv(out = 192, kernel = 3)
  Tensor stem2(Tensor stem2Reduce);

  @MaxPool(kernel = 3, stride = 2, padding = 0, ceil = true)
  Tensor pool2(Tensor stem2);

  @Stage(block = BnInceptionModules.Module3A.class)
  Tensor mixed3a(Tensor pool2);

  @Stage(block = BnInceptionModules.Module3B.class)
  Tensor mixed3b(Tensor mixed3a);

  @Stage(block = BnInceptionModules.Module3C.class)
  Tensor mixed3c(Tensor mixed3b);

  @Stage(block = BnInceptionModules.Module4A.class)
  Tensor mixed4a(Tensor mixed3c);

  @Stage(block = BnInceptionModules.Module4B.class)
  Tensor mixed4b(Tensor mixed4a);

  @Stage(block = BnInceptionModules.Module4C.class)
  Tensor mixed4c(Tensor mixed4b);

  @Stage(block = BnInceptionModules.Module4D.class)
  Tensor mixed4d(Tensor mixed4c);

  @Stage(block = BnInceptionModules.Module4E.class)
  Tensor mixed4e(Tensor mixed4d);

  @Stage(block = BnInceptionModules.Module5A.class)
  Tensor mixed5a(Tensor mixed4e);

  @Stage(block = BnInceptionModules.Module5B.class)
  Tensor mixed5b(Tensor mixed5a);

  @GlobalAveragePool
  Tensor features(Tensor mixed5b);

  @Dense(out = 1000)
  Tensor logits(Tensor features);
}
