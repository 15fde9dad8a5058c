package dev.selkie.processor.graph;

/** What a shape rule sees of an input: the layer it comes from, and its shape. */
public record Operand(String layer, Dims dims) {
  @Override
  public String toString() {
    return dims + " from " + layer;
  }
}
