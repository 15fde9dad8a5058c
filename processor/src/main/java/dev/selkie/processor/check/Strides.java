package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;

/** A layer has a stride of its own or takes the stage's. */
final class Strides implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration layer : model.layers()) {
      if (layer.has("strided") && layer.flag("strided") && layer.integer("stride") > 1) {
        problems.report(
            Message.STRIDE_AND_STRIDED,
            layer.at("stride"),
            model.path(layer),
            layer.integer("stride"));
      }
    }
  }
}
