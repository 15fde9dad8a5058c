package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;

/** Only a norm has a scale that could start from something. */
final class Scales implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration layer : model.layers()) {
      if (layer.values().get("scale") instanceof String scale
          && !scale.equals("ONE")
          && "NONE".equals(layer.values().get("norm"))) {
        problems.report(Message.NO_SCALE, layer.at("scale"), model.path(layer), scale);
      }
    }
  }
}
