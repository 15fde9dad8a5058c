package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;

/** A rate of 1 would keep nothing, and divide by zero. */
final class DropoutRates implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration layer : model.layers()) {
      if (layer.has("rate") && !(layer.real("rate") >= 0 && layer.real("rate") < 1)) {
        problems.report(
            Message.DROPOUT_RATE, layer.at("rate"), model.path(layer), layer.real("rate"));
      }
    }
  }
}
