package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;

/** A rate of 1 would keep nothing, and divide by zero; so would one that float rounds to it. */
final class DropoutRates implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration layer : model.layers()) {
      if (layer.values().get("rate") instanceof Double rate
          && !(rate >= 0 && rate.floatValue() < 1)) {
        problems.report(Message.DROPOUT_RATE, layer.at("rate"), model.path(layer), rate);
      }
    }
  }
}
