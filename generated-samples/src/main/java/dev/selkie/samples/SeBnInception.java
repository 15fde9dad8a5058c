package dev.selkie.samples;

import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Dense;
import dev.selkie.annotation.GlobalAveragePool;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.SqueezeExcite;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/**
 * {@link BnInception} with squeeze-and-excitation on the output of each module (Hu et al., 2018,
 * figure 2 and table 2).
 */
@Network(input = @Input(channels = 3, height = 224, width = 224))
public interface SeBnInception {
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

  @SqueezeExcite(reduction = 16)
  Tensor gated3a(Tensor mixed3a);

  @Stage(block = BnInceptionModules.Module3B.class)
  Tensor mixed3b(Tensor gated3a);

  @SqueezeExcite(reduction = 16)
  Tensor gated3b(Tensor mixed3b);

  @Stage(block = BnInceptionModules.Module3C.class)
  Tensor mixed3c(Tensor gated3b);

  @SqueezeExcite(reduction = 16)
  Tensor gated3c(Tensor mixed3c);

  @Stage(block = BnInceptionModules.Module4A.class)
  Tensor mixed4a(Tensor gated3c);

  @SqueezeExcite(reduction = 16)
  Tensor gated4a(Tensor mixed4a);

  @Stage(block = BnInceptionModules.Module4B.class)
  Tensor mixed4b(Tensor gated4a);

  @SqueezeExcite(reduction = 16)
  Tensor gated4b(Tensor mixed4b);

  @Stage(block = BnInceptionModules.Module4C.class)
  Tensor mixed4c(Tensor gated4b);

  @SqueezeExcite(reduction = 16)
  Tensor gated4c(Tensor mixed4c);

  @Stage(block = BnInceptionModules.Module4D.class)
  Tensor mixed4d(Tensor gated4c);

  @SqueezeExcite(reduction = 16)
  Tensor gated4d(Tensor mixed4d);

  @Stage(block = BnInceptionModules.Module4E.class)
  Tensor mixed4e(Tensor gated4d);

  @SqueezeExcite(reduction = 16)
  Tensor gated4e(Tensor mixed4e);

  @Stage(block = BnInceptionModules.Module5A.class)
  Tensor mixed5a(Tensor gated4e);

  @SqueezeExcite(reduction = 16)
  Tensor gated5a(Tensor mixed5a);

  @Stage(block = BnInceptionModules.Module5B.class)
  Tensor mixed5b(Tensor gated5a);

  @SqueezeExcite(reduction = 16)
  Tensor gated5b(Tensor mixed5b);

  @GlobalAveragePool
  Tensor features(Tensor gated5b);

  @Dense(out = 1000)
  Tensor logits(Tensor features);
}
