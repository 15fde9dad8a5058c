package dev.selkie.processor.check;

import dev.selkie.annotation.Groups;
import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import java.util.List;

/**
 * Output channels are given once, in channels or in units of the stage's width; a depthwise
 * convolution needs neither.
 */
final class OutputSizes implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration layer : model.layers()) {
      if (!layer.has("out")) {
        continue;
      }
      int out = layer.integer("out");
      int widths = layer.integer("widths");
      if (out > 0 && widths > 0) {
        problems.report(Message.OUT_AND_WIDTHS, layer.at("widths"), model.path(layer));
      } else if (out == 0 && widths == 0 && !keepsChannels(layer)) {
        problems.report(Message.NO_OUT, layer.site(), model.path(layer));
      }
    }
  }

  private static boolean keepsChannels(LayerDeclaration layer) {
    return layer.has("kernel") && layer.integers("groups").equals(List.of(Groups.CHANNELS));
  }
}
