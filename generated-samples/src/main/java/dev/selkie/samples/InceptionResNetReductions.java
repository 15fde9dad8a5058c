package dev.selkie.samples;

import dev.selkie.annotation.AveragePool;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Concat;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.MaxPool;
import dev.selkie.runtime.Tensor;

/**
 * The modules of Inception-ResNet-v2 that have no shortcut (Szegedy et al., 2017), as timm has
 * them.
 */
public final class InceptionResNetReductions {
  private InceptionResNetReductions() {}

  /** To 320x35x35. */
  @Block
  public interface Mixed35 {
    @Conv(out = 96)
    Tensor single(Tensor x);

    @Conv(out = 48)
    Tensor fiveReduce(Tensor x);

    @Conv(out = 64, kernel = 5)
    Tensor five(Tensor fiveReduce);

    @Conv(out = 64)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 96, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 96, kernel = 3)
    Tensor doubleSecond(Tensor doubleFirst);

    @AveragePool(kernel = 3, stride = 1, countPadding = false)
    Tensor pool(Tensor x);

    @Conv(out = 64)
    Tensor projected(Tensor pool);

    @Concat
    Tensor out(Tensor single, Tensor five, Tensor doubleSecond, Tensor projected);
  }

  /** To 1088x17x17. */
  @Block
  public interface Mixed17 {
    @Conv(out = 384, kernel = 3, stride = 2, padding = 0)
    Tensor three(Tensor x);

    @Conv(out = 256)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 256, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 384, kernel = 3, stride = 2, padding = 0)
    Tensor doubleSecond(Tensor doubleFirst);

    @MaxPool(kernel = 3, stride = 2, padding = 0)
    Tensor pool(Tensor x);

    @Concat
    Tensor out(Tensor three, Tensor doubleSecond, Tensor pool);
  }

  /** To 2080x8x8. */
  @Block
  public interface Mixed8 {
    @Conv(out = 256)
    Tensor wideReduce(Tensor x);

    @Conv(out = 384, kernel = 3, stride = 2, padding = 0)
    Tensor wide(Tensor wideReduce);

    @Conv(out = 256)
    Tensor threeReduce(Tensor x);

    @Conv(out = 288, kernel = 3, stride = 2, padding = 0)
    Tensor three(Tensor threeReduce);

    @Conv(out = 256)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 288, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 320, kernel = 3, stride = 2, padding = 0)
    Tensor doubleSecond(Tensor doubleFirst);

    @MaxPool(kernel = 3, stride = 2, padding = 0)
    Tensor pool(Tensor x);

    @Concat
    Tensor out(Tensor wide, Tensor three, Tensor doubleSecond, Tensor pool);
  }
}
