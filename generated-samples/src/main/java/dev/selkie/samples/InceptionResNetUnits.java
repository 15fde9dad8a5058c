package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Concat;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Norm;
import dev.selkie.annotation.Times;
import dev.selkie.runtime.Tensor;

/** The residual units of Inception-ResNet-v2 (Szegedy et al., 2017), damped, as timm has them. */
public final class InceptionResNetUnits {
  private InceptionResNetUnits() {}

  /** On 320x35x35. */
  @Block
  public interface Block35 {
    @Conv(out = 32)
    Tensor single(Tensor x);

    @Conv(out = 32)
    Tensor threeReduce(Tensor x);

    @Conv(out = 32, kernel = 3)
    Tensor three(Tensor threeReduce);

    @Conv(out = 32)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 48, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 64, kernel = 3)
    Tensor doubleSecond(Tensor doubleFirst);

    @Concat
    Tensor mixed(Tensor single, Tensor three, Tensor doubleSecond);

    @Conv(out = 320, norm = Norm.NONE, activation = NONE)
    Tensor up(Tensor mixed);

    @Times(factor = 0.17)
    Tensor damped(Tensor up);

    @Add(activation = RELU)
    Tensor out(Tensor damped, Tensor x);
  }

  /** On 1088x17x17. */
  @Block
  public interface Block17 {
    @Conv(out = 192)
    Tensor single(Tensor x);

    @Conv(out = 128)
    Tensor reduce(Tensor x);

    @Conv(out = 160, kernelHeight = 1, kernelWidth = 7)
    Tensor row(Tensor reduce);

    @Conv(out = 192, kernelHeight = 7, kernelWidth = 1)
    Tensor column(Tensor row);

    @Concat
    Tensor mixed(Tensor single, Tensor column);

    @Conv(out = 1088, norm = Norm.NONE, activation = NONE)
    Tensor up(Tensor mixed);

    @Times(factor = 0.1)
    Tensor damped(Tensor up);

    @Add(activation = RELU)
    Tensor out(Tensor damped, Tensor x);
  }

  /** On 2080x8x8. */
  @Block
  public interface Block8 {
    @Conv(out = 192)
    Tensor single(Tensor x);

    @Conv(out = 192)
    Tensor reduce(Tensor x);

    @Conv(out = 224, kernelHeight = 1, kernelWidth = 3)
    Tensor row(Tensor reduce);

    @Conv(out = 256, kernelHeight = 3, kernelWidth = 1)
    Tensor column(Tensor row);

    @Concat
    Tensor mixed(Tensor single, Tensor column);

    @Conv(out = 2080, norm = Norm.NONE, activation = NONE)
    Tensor up(Tensor mixed);

    @Times(factor = 0.2)
    Tensor damped(Tensor up);

    @Add(activation = RELU)
    Tensor out(Tensor damped, Tensor x);
  }

  /** On 2080x8x8, neither damped nor followed by a ReLU. */
  @Block
  public interface LastBlock8 {
    @Conv(out = 192)
    Tensor single(Tensor x);

    @Conv(out = 192)
    Tensor reduce(Tensor x);

    @Conv(out = 224, kernelHeight = 1, kernelWidth = 3)
    Tensor row(Tensor reduce);

    @Conv(out = 256, kernelHeight = 3, kernelWidth = 1)
    Tensor column(Tensor row);

    @Concat
    Tensor mixed(Tensor single, Tensor column);

    @Conv(out = 2080, norm = Norm.NONE, activation = NONE)
    Tensor up(Tensor mixed);

    @Add
    Tensor out(Tensor up, Tensor x);
  }
}
