package dev.selkie.samples;

import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Dense;
import dev.selkie.annotation.Dropout;
import dev.selkie.annotation.Input;
import dev.selkie.annotation.MaxPool;
import dev.selkie.annotation.Network;
import dev.selkie.annotation.Stage;
import dev.selkie.runtime.Tensor;

/** {@link Vgg16} with batch norm, the baseline of Hu et al. (2018, table 2). */
@Network(input = @Input(channels = 3, height = 224, width = 224))
public interface Vgg16Bn {
  @Stage(block = VggConv.class, width = 64, repeat = 2)
  Tensor stage1(Tensor image);

  @MaxPool(kernel = 2)
  Tensor pool1(Tensor stage1);

  @Stage(block = VggConv.class, width = 128, repeat = 2)
  Tensor stage2(Tensor pool1);

  @MaxPool(kernel = 2)
  Tensor pool2(Tensor stage2);

  @Stage(block = VggConv.class, width = 256, repeat = 3)
  Tensor stage3(Tensor pool2);

  @MaxPool(kernel = 2)
  Tensor pool3(Tensor stage3);

  @Stage(block = VggConv.class, width = 512, repeat = 3)
  Tensor stage4(Tensor pool3);

  @MaxPool(kernel = 2)
  Tensor pool4(Tensor stage4);

  @Stage(block = VggConv.class, width = 512, repeat = 3)
  Tensor stage5(Tensor pool4);

  @MaxPool(kernel = 2)
  Tensor pool5(Tensor stage5);

  @Dense(out = 4096, activation = RELU)
  Tensor hidden1(Tensor pool5);

  @Dropout(rate = 0.5)
  Tensor kept1(Tensor hidden1);

  @Dense(out = 4096, activation = RELU)
  Tensor hidden2(Tensor kept1);

  @Dropout(rate = 0.5)
  Tensor kept2(Tensor hidden2);

  @Dense(out = 1000)
  Tensor logits(Tensor kept2);
}
