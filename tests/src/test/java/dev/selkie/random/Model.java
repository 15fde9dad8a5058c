package dev.selkie.random;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An annotated interface.
 *
 * @param input of a network; null for a block
 */
record Model(String name, Dims input, List<Layer> layers) {
  static final String PACKAGE = "drawn";

  Model {
    layers = List.copyOf(layers);
  }

  /** The layer that no other reads. */
  Layer output() {
    return layers.stream()
        .filter(
            layer -> layers.stream().noneMatch(reader -> reader.inputs().contains(layer.name())))
        .findFirst()
        .orElseThrow();
  }

  /** Whether it has a random mean, whose gradient is by definition not the loss's. */
  boolean shakes() {
    return layers.stream()
        .anyMatch(
            layer ->
                layer.kind().equals("ShakeShake")
                    || (layer.has("block") && layer.block().shakes()));
  }

  /** A file with the network and all of its blocks. */
  String source() {
    StringBuilder source = new StringBuilder("package " + PACKAGE + ";\n\n");
    source.append("import dev.selkie.annotation.*;\nimport dev.selkie.runtime.Tensor;\n\n");
    Map<String, Model> blocks = new LinkedHashMap<>();
    collect(blocks);
    source.append(
        "@Network(input = @Input(channels = %d, height = %d, width = %d))\npublic %s"
            .formatted(input.channels(), input.height(), input.width(), body()));
    blocks.values().forEach(block -> source.append("\n@Block\n").append(block.body()));
    return source.toString();
  }

  private void collect(Map<String, Model> blocks) {
    for (Layer layer : layers) {
      if (layer.has("block")) {
        blocks.put(layer.block().name(), layer.block());
        layer.block().collect(blocks);
      }
    }
  }

  private String body() {
    StringBuilder body = new StringBuilder("interface " + name + " {\n");
    layers.forEach(layer -> body.append(layer.source()));
    return body.append("}\n").toString();
  }
}
