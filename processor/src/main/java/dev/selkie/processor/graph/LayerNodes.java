package dev.selkie.processor.graph;

import dev.selkie.annotation.Activation;
import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Norm;
import dev.selkie.annotation.Squeeze;
import dev.selkie.processor.graph.op.Add;
import dev.selkie.processor.graph.op.AveragePool;
import dev.selkie.processor.graph.op.BatchNorm;
import dev.selkie.processor.graph.op.Concat;
import dev.selkie.processor.graph.op.Convolution;
import dev.selkie.processor.graph.op.Dense;
import dev.selkie.processor.graph.op.Dropout;
import dev.selkie.processor.graph.op.GlobalAveragePool;
import dev.selkie.processor.graph.op.MaxPool;
import dev.selkie.processor.graph.op.Multiply;
import dev.selkie.processor.graph.op.Relu;
import dev.selkie.processor.graph.op.Shortcut;
import dev.selkie.processor.graph.op.Sigmoid;
import dev.selkie.processor.graph.op.SqueezeExcite;
import dev.selkie.processor.read.LayerDeclaration;
import java.util.ArrayList;
import java.util.List;

/** The operations that each annotation stands for: the one place that knows annotations by name. */
final class LayerNodes {
  private final List<Node> nodes;
  private int dropouts;

  LayerNodes(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** Adds a layer's nodes; the path of its output. */
  String add(LayerDeclaration layer, Unit unit, List<String> inputs) {
    String path = unit.path(layer);
    List<Step> steps = steps(layer, unit, path);
    Layer owner = new Layer(path, unit.group(layer), label(layer, unit), layer);
    List<String> read = inputs;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String name = i == steps.size() - 1 ? path : path + "." + step.suffix();
      nodes.add(new Node(name, owner, step.op(), read, null));
      read = List.of(name);
    }
    return path;
  }

  /** An operation, and what its value is called where it is not the layer's last. */
  private record Step(Op op, String suffix) {}

  private List<Step> steps(LayerDeclaration layer, Unit unit, String path) {
    return switch (layer.kind()) {
      case "Conv" -> convolution(layer, unit, path);
      case "Dense" ->
          activated(
              layer, new Step(new Dense(path, unit.out(layer), biased(layer, true)), "linear"));
      case "BatchNorm" -> activated(layer, new Step(BatchNorm.alone(path), "normalized"));
      case "Relu" -> List.of(new Step(new Relu(), ""));
      case "Sigmoid" -> List.of(new Step(new Sigmoid(), ""));
      case "MaxPool" ->
          List.of(
              new Step(
                  new MaxPool(
                      layer.integer("kernel"), unit.poolStride(layer), layer.integer("padding")),
                  ""));
      case "AveragePool" ->
          List.of(
              new Step(
                  new AveragePool(
                      layer.integer("kernel"),
                      unit.poolStride(layer),
                      layer.integer("padding"),
                      layer.flag("countPadding")),
                  ""));
      case "GlobalAveragePool" -> List.of(new Step(new GlobalAveragePool(), ""));
      case "Dropout" ->
          List.of(new Step(new Dropout((Double) layer.values().get("rate"), dropouts++), ""));
      case "Add" -> activated(layer, new Step(new Add(), "sum"));
      case "Multiply" -> activated(layer, new Step(new Multiply(), "product"));
      case "Concat" -> List.of(new Step(new Concat(), ""));
      case "Shortcut" ->
          List.of(new Step(new Shortcut(path, unit.out(layer), unit.stride(layer)), ""));
      case "SqueezeExcite" ->
          List.of(
              new Step(
                  new SqueezeExcite(
                      path,
                      layer.integer("reduction"),
                      layer.integer("minimum"),
                      biased(layer, true),
                      Squeeze.valueOf(layer.constant("squeeze")),
                      Gate.valueOf(layer.constant("gate"))),
                  ""));
      default -> throw new IllegalStateException("no operations for @" + layer.kind());
    };
  }

  private static List<Step> convolution(LayerDeclaration layer, Unit unit, String path) {
    boolean normed = Norm.valueOf(layer.constant("norm")) == Norm.BATCH;
    Convolution convolution =
        new Convolution(
            path,
            unit.out(layer),
            kernel(layer, "kernelHeight"),
            kernel(layer, "kernelWidth"),
            unit.stride(layer),
            layer.integer("dilation"),
            layer.integer("padding"),
            layer.integer("groups"),
            biased(layer, !normed));
    List<Step> steps = new ArrayList<>(List.of(new Step(convolution, "conv")));
    if (normed) {
      steps.add(new Step(BatchNorm.alone(path + ".norm"), "normalized"));
    }
    return activated(layer, steps.toArray(Step[]::new));
  }

  private static List<Step> activated(LayerDeclaration layer, Step... steps) {
    List<Step> all = new ArrayList<>(List.of(steps));
    switch (Activation.valueOf(layer.constant("activation"))) {
      case RELU -> all.add(new Step(new Relu(), ""));
      case SIGMOID -> all.add(new Step(new Sigmoid(), ""));
      case NONE -> {}
    }
    return all;
  }

  private static boolean biased(LayerDeclaration layer, boolean automatic) {
    return switch (Bias.valueOf(layer.constant("bias"))) {
      case AUTO -> automatic;
      case YES -> true;
      case NO -> false;
    };
  }

  private static int kernel(LayerDeclaration layer, String side) {
    return layer.integer(side) > 0 ? layer.integer(side) : layer.integer("kernel");
  }

  private static String label(LayerDeclaration layer, Unit unit) {
    return switch (layer.kind()) {
      case "Conv" ->
          "Conv %sx%s".formatted(kernel(layer, "kernelHeight"), kernel(layer, "kernelWidth"))
              + unlessOne(" /", unit.stride(layer))
              + unlessOne(" dilation ", layer.integer("dilation"))
              + unlessOne(" groups ", layer.integer("groups"));
      case "MaxPool", "AveragePool" ->
          "%s %sx%s".formatted(layer.kind(), layer.integer("kernel"), layer.integer("kernel"))
              + unlessOne(" /", unit.poolStride(layer));
      case "Shortcut" -> "Shortcut" + unlessOne(" /", unit.stride(layer));
      default -> layer.kind();
    };
  }

  private static String unlessOne(String words, int value) {
    return value == 1 ? "" : words + value;
  }
}
