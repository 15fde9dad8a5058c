package dev.selkie.processor.graph;

import dev.selkie.processor.model.LayerDeclaration;

/**
 * Where a model's layers stand: in the network itself, or in one unit of a stage.
 *
 * @param path of the unit, empty for the network
 * @param group the generated group its layers belong to, null where each is its own
 * @param width what one unit of {@code widths} means
 * @param stride what layers marked strided take
 */
record Unit(String path, String group, int width, int stride) {
  static final Unit NETWORK = new Unit("", null, 0, 1);

  String path(LayerDeclaration layer) {
    return path.isEmpty() ? layer.name() : path + "." + layer.name();
  }

  String group(LayerDeclaration layer) {
    return group == null ? layer.name() : group;
  }

  /** The i-th unit of a stage that stands here. */
  Unit stage(LayerDeclaration stage, int i) {
    String unit = path(stage) + "." + i;
    return new Unit(
        unit,
        group == null ? unit : group,
        stage.integer("width"),
        i == 0 ? stage.integer("stride") : 1);
  }

  /** The output channels or features that a layer asks for. */
  int out(LayerDeclaration layer) {
    int out = layer.integer("out");
    return out > 0 ? out : Math.multiplyExact(layer.integer("widths"), width);
  }

  int stride(LayerDeclaration layer) {
    int own = layer.integer("stride");
    return layer.flag("strided") ? Math.multiplyExact(own, stride) : own;
  }

  /** As {@link #stride}, where 0 stands for the kernel's size. */
  int poolStride(LayerDeclaration layer) {
    int own = layer.integer("stride") == 0 ? layer.integer("kernel") : layer.integer("stride");
    return layer.flag("strided") ? Math.multiplyExact(own, stride) : own;
  }
}
