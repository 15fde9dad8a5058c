package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;

/** Only a norm has a scale that could start from something. */
final class Scales implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration layer : model.layers()) {
      boolean scaled = layer.has("scale") && !layer.constant("scale").equals("ONE");
      if (scaled && layer.has("norm") && layer.constant("norm").equals("NONE")) {
        problems.report(
            Message.NO_SCALE, layer.at("scale"), model.path(layer), layer.constant("scale"));
      }
    }
  }
}
