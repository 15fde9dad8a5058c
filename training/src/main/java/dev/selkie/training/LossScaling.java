package dev.selkie.training;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.Precision;

/**
 * How an epoch in float16 got on with the scaling of its loss.
 *
 * @param skippedSteps steps of the epoch that changed no parameter, as a gradient was not finite
 * @param lossScale at the epoch's end; half for each skipped step, twice after many good ones
 */
public record LossScaling(long skippedSteps, float lossScale) {
  /**
   * What an epoch came to that has just ended; null where the precision needs no scaling.
   *
   * @param before updates that the backend had skipped when the epoch began
   */
  static LossScaling since(long before, Backend backend) {
    return backend.precision() == Precision.FLOAT16
        ? new LossScaling(backend.skippedUpdates() - before, backend.lossScale())
        : null;
  }
}
