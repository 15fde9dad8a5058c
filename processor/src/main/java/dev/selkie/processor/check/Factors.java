package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;

/** A factor of 0 would cut off what comes before it. */
final class Factors implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration layer : model.layers()) {
      if (layer.values().get("factor") instanceof Double factor && !isUsable(factor)) {
        problems.report(Message.BAD_FACTOR, layer.at("factor"), model.path(layer), factor);
      }
    }
  }

  /** As the float that it becomes. */
  private static boolean isUsable(double factor) {
    return (float) factor != 0 && Float.isFinite((float) factor);
  }
}
