package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;

/** A network itself is in no stage, so it has no width to count in and no stride to take. */
final class BlockOnly implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    if (!model.isNetwork()) {
      return;
    }
    for (LayerDeclaration layer : model.layers()) {
      if (layer.has("widths") && layer.integer("widths") > 0) {
        report(layer, "widths", "width", "out", problems);
      }
      if (layer.has("strided") && layer.flag("strided")) {
        report(layer, "strided", "stride", "stride", problems);
      }
    }
  }

  private static void report(
      LayerDeclaration layer, String member, String ofStage, String instead, Problems problems) {
    problems.report(
        Message.ONLY_IN_BLOCK, layer.at(member), member, layer.name(), ofStage, instead);
  }
}
