package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;

/**
 * As in PyTorch, a pool pads by half its kernel at most, so that every window sees the image; and
 * whole windows are counted only where none reaches beyond the padding.
 */
final class PoolPadding implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration layer : model.layers()) {
      if (!layer.kind().endsWith("Pool") || !layer.has("padding")) {
        continue;
      }
      if (layer.has("countPadding")
          && layer.flag("countPadding")
          && layer.flag("ceil")
          && layer.integer("padding") != 0) {
        problems.report(Message.CEIL_COUNTS_PADDING, layer.at("ceil"), model.path(layer));
      }
      int kernel = layer.integer("kernel");
      int padding = layer.integer("padding");
      if (kernel > 0 && padding > kernel / 2) {
        problems.report(
            Message.PADDING_TOO_LARGE,
            layer.at("padding"),
            model.path(layer),
            padding,
            kernel,
            kernel / 2);
      }
    }
  }
}
