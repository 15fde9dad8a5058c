package dev.selkie.runtime.conformance;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.List;

/** A loss scaled so much that gradients overflow is met by updates that lower the scale. */
public final class LossScale {
  /** Room for gradients of the loss, which are at most 1, as long as they do not grow much. */
  private static final float LOW = 1 << 10;

  private static final int MOST_UPDATES = 100;

  private LossScale() {}

  /** Pretends overflows until the scale is low. */
  public static void lower(Backend backend) {
    if (backend.lossScale() <= LOW) {
      return;
    }
    Tensor value =
        backend.allocate(Float.BYTES).tensor("overflowing", Shape.vector(1), Element.FLOAT32, 0);
    value.write(new float[] {Float.POSITIVE_INFINITY});
    List<ParameterSpan> spans = List.of(new ParameterSpan(value, value, false));
    for (int update = 0; backend.lossScale() > LOW; update++) {
      if (update == MOST_UPDATES) {
        throw new BackendException(
            "device '%s' scales the loss by %s still, after %d updates whose gradients were infinite"
                .formatted(backend.device(), backend.lossScale(), update));
      }
      long skipped = backend.skippedUpdates();
      backend.ops().beginUpdate(spans);
      backend.ops().endUpdate();
      requireCounted(backend, skipped + 1);
    }
  }

  private static void requireCounted(Backend backend, long wanted) {
    if (backend.skippedUpdates() != wanted) {
      throw new BackendException(
          "device '%s' counts %d skipped updates, but there were %d"
              .formatted(backend.device(), backend.skippedUpdates(), wanted));
    }
  }
}
