package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;

/** A part of the channels is one of those they are split into. */
final class Parts implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration layer : model.layers()) {
      if (layer.has("part")
          && layer.integer("of") > 0
          && layer.integer("part") > layer.integer("of")) {
        problems.report(
            Message.NO_SUCH_PART,
            layer.at("part"),
            model.path(layer),
            layer.integer("part"),
            layer.integer("of"),
            layer.integer("of"));
      }
    }
  }
}
