package dev.selkie.samples;

import dev.selkie.annotation.AveragePool;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Concat;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.MaxPool;
import dev.selkie.runtime.Tensor;

/** The modules of BN-Inception (Ioffe and Szegedy, 2015, figure 5), as Caffe's model has them. */
public final class BnInceptionModules {
  private BnInceptionModules() {}

  /** Module 3a. */
  @Block
  public interface Module3A {
    @Conv(out = 64)
    Tensor single(Tensor x);

    @Conv(out = 64)
    Tensor threeReduce(Tensor x);

    @Conv(out = 64, kernel = 3)
    Tensor three(Tensor threeReduce);

    @Conv(out = 64)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 96, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 96, kernel = 3)
    Tensor doubleSecond(Tensor doubleFirst);

    @AveragePool(kernel = 3, stride = 1)
    Tensor pool(Tensor x);

    @Conv(out = 32)
    Tensor projected(Tensor pool);

    @Concat
    Tensor out(Tensor single, Tensor three, Tensor doubleSecond, Tensor projected);
  }

  /** Module 3b. */
  @Block
  public interface Module3B {
    @Conv(out = 64)
    Tensor single(Tensor x);

    @Conv(out = 64)
    Tensor threeReduce(Tensor x);

    @Conv(out = 96, kernel = 3)
    Tensor three(Tensor threeReduce);

    @Conv(out = 64)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 96, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 96, kernel = 3)
    Tensor doubleSecond(Tensor doubleFirst);

    @AveragePool(kernel = 3, stride = 1)
    Tensor pool(Tensor x);

    @Conv(out = 64)
    Tensor projected(Tensor pool);

    @Concat
    Tensor out(Tensor single, Tensor three, Tensor doubleSecond, Tensor projected);
  }

  /** Module 3c. */
  @Block
  public interface Module3C {
    @Conv(out = 128)
    Tensor threeReduce(Tensor x);

    @Conv(out = 160, kernel = 3, stride = 2)
    Tensor three(Tensor threeReduce);

    @Conv(out = 64)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 96, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 96, kernel = 3, stride = 2)
    Tensor doubleSecond(Tensor doubleFirst);

    @MaxPool(kernel = 3, stride = 2, padding = 0, ceil = true)
    Tensor pool(Tensor x);

    @Concat
    Tensor out(Tensor three, Tensor doubleSecond, Tensor pool);
  }

  /** Module 4a. */
  @Block
  public interface Module4A {
    @Conv(out = 224)
    Tensor single(Tensor x);

    @Conv(out = 64)
    Tensor threeReduce(Tensor x);

    @Conv(out = 96, kernel = 3)
    Tensor three(Tensor threeReduce);

    @Conv(out = 96)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 128, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 128, kernel = 3)
    Tensor doubleSecond(Tensor doubleFirst);

    @AveragePool(kernel = 3, stride = 1)
    Tensor pool(Tensor x);

    @Conv(out = 128)
    Tensor projected(Tensor pool);

    @Concat
    Tensor out(Tensor single, Tensor three, Tensor doubleSecond, Tensor projected);
  }

  /** Module 4b. */
  @Block
  public interface Module4B {
    @Conv(out = 192)
    Tensor single(Tensor x);

    @Conv(out = 96)
    Tensor threeReduce(Tensor x);

    @Conv(out = 128, kernel = 3)
    Tensor three(Tensor threeReduce);

    @Conv(out = 96)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 128, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 128, kernel = 3)
    Tensor doubleSecond(Tensor doubleFirst);

    @AveragePool(kernel = 3, stride = 1)
    Tensor pool(Tensor x);

    @Conv(out = 128)
    Tensor projected(Tensor pool);

    @Concat
    Tensor out(Tensor single, Tensor three, Tensor doubleSecond, Tensor projected);
  }

  /** Module 4c. */
  @Block
  public interface Module4C {
    @Conv(out = 160)
    Tensor single(Tensor x);

    @Conv(out = 128)
    Tensor threeReduce(Tensor x);

    @Conv(out = 160, kernel = 3)
    Tensor three(Tensor threeReduce);

    @Conv(out = 128)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 160, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 160, kernel = 3)
    Tensor doubleSecond(Tensor doubleFirst);

    @AveragePool(kernel = 3, stride = 1)
    Tensor pool(Tensor x);

    @Conv(out = 128)
    Tensor projected(Tensor pool);

    @Concat
    Tensor out(Tensor single, Tensor three, Tensor doubleSecond, Tensor projected);
  }

  /** Module 4d. */
  @Block
  public interface Module4D {
    @Conv(out = 96)
    Tensor single(Tensor x);

    @Conv(out = 128)
    Tensor threeReduce(Tensor x);

    @Conv(out = 192, kernel = 3)
    Tensor three(Tensor threeReduce);

    @Conv(out = 160)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 192, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 192, kernel = 3)
    Tensor doubleSecond(Tensor doubleFirst);

    @AveragePool(kernel = 3, stride = 1)
    Tensor pool(Tensor x);

    @Conv(out = 128)
    Tensor projected(Tensor pool);

    @Concat
    Tensor out(Tensor single, Tensor three, Tensor doubleSecond, Tensor projected);
  }

  /** Module 4e. */
  @Block
  public interface Module4E {
    @Conv(out = 128)
    Tensor threeReduce(Tensor x);

    @Conv(out = 192, kernel = 3, stride = 2)
    Tensor three(Tensor threeReduce);

    @Conv(out = 192)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 256, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 256, kernel = 3, stride = 2)
    Tensor doubleSecond(Tensor doubleFirst);

    @MaxPool(kernel = 3, stride = 2, padding = 0, ceil = true)
    Tensor pool(Tensor x);

    @Concat
    Tensor out(Tensor three, Tensor doubleSecond, Tensor pool);
  }

  /** Module 5a. */
  @Block
  public interface Module5A {
    @Conv(out = 352)
    Tensor single(Tensor x);

    @Conv(out = 192)
    Tensor threeReduce(Tensor x);

    @Conv(out = 320, kernel = 3)
    Tensor three(Tensor threeReduce);

    @Conv(out = 160)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 224, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 224, kernel = 3)
    Tensor doubleSecond(Tensor doubleFirst);

    @AveragePool(kernel = 3, stride = 1)
    Tensor pool(Tensor x);

    @Conv(out = 128)
    Tensor projected(Tensor pool);

    @Concat
    Tensor out(Tensor single, Tensor three, Tensor doubleSecond, Tensor projected);
  }

  /** Module 5b. */
  @Block
  public interface Module5B {
    @Conv(out = 352)
    Tensor single(Tensor x);

    @Conv(out = 192)
    Tensor threeReduce(Tensor x);

    @Conv(out = 320, kernel = 3)
    Tensor three(Tensor threeReduce);

    @Conv(out = 192)
    Tensor doubleReduce(Tensor x);

    @Conv(out = 224, kernel = 3)
    Tensor doubleFirst(Tensor doubleReduce);

    @Conv(out = 224, kernel = 3)
    Tensor doubleSecond(Tensor doubleFirst);

    @MaxPool(kernel = 3, stride = 1)
    Tensor pool(Tensor x);

    @Conv(out = 128)
    Tensor projected(Tensor pool);

    @Concat
    Tensor out(Tensor single, Tensor three, Tensor doubleSecond, Tensor projected);
  }
}
