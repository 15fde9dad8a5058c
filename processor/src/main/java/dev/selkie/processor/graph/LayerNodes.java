package dev.selkie.processor.graph;

import dev.selkie.annotation.Activation;
import dev.selkie.annotation.Bias;
import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Groups;
import dev.selkie.annotation.Norm;
import dev.selkie.annotation.Padding;
import dev.selkie.annotation.Scale;
import dev.selkie.annotation.Squeeze;
import dev.selkie.processor.graph.op.Add;
import dev.selkie.processor.graph.op.AveragePool;
import dev.selkie.processor.graph.op.BatchNorm;
import dev.selkie.processor.graph.op.ChannelShuffle;
import dev.selkie.processor.graph.op.ChannelSplit;
import dev.selkie.processor.graph.op.Concat;
import dev.selkie.processor.graph.op.Convolution;
import dev.selkie.processor.graph.op.Dense;
import dev.selkie.processor.graph.op.Dropout;
import dev.selkie.processor.graph.op.GlobalAveragePool;
import dev.selkie.processor.graph.op.MaxPool;
import dev.selkie.processor.graph.op.Multiply;
import dev.selkie.processor.graph.op.Relu;
import dev.selkie.processor.graph.op.SelectiveKernel;
import dev.selkie.processor.graph.op.ShakeShake;
import dev.selkie.processor.graph.op.Shortcut;
import dev.selkie.processor.graph.op.Sigmoid;
import dev.selkie.processor.graph.op.SqueezeExcite;
import dev.selkie.processor.graph.op.Times;
import dev.selkie.processor.model.LayerDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The operations that each annotation stands for. Beside this, rules of {@code check} know some
 * annotations by name: how many inputs they take, and what of a pool may be 0.
 */
final class LayerNodes {
  private final List<Node> nodes;

  /** How many layers draw random numbers; each has a number of its own. */
  private int draws;

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
      case "BatchNorm" ->
          activated(layer, new Step(BatchNorm.alone(path, scale(layer)), "normalized"));
      case "Relu" -> List.of(new Step(new Relu(), ""));
      case "Sigmoid" -> List.of(new Step(new Sigmoid(), ""));
      case "MaxPool" ->
          List.of(
              new Step(
                  new MaxPool(
                      layer.integer("kernel"),
                      unit.poolStride(layer),
                      layer.integer("padding"),
                      layer.flag("ceil")),
                  ""));
      case "AveragePool" ->
          List.of(
              new Step(
                  new AveragePool(
                      layer.integer("kernel"),
                      unit.poolStride(layer),
                      layer.integer("padding"),
                      layer.flag("ceil"),
                      layer.flag("countPadding")),
                  ""));
      case "GlobalAveragePool" -> List.of(new Step(new GlobalAveragePool(), ""));
      case "Dropout" -> List.of(new Step(new Dropout(layer.real("rate"), draws++), ""));
      case "Add" -> activated(layer, new Step(new Add(), "sum"));
      case "Multiply" -> activated(layer, new Step(new Multiply(), "product"));
      case "Concat" -> List.of(new Step(new Concat(), ""));
      case "Shortcut" ->
          List.of(
              new Step(
                  Shortcut.projection(
                      path,
                      unit.out(layer),
                      layer.integer("kernel"),
                      unit.stride(layer),
                      normed(layer)),
                  ""));
      case "PaddedShortcut" ->
          List.of(new Step(Shortcut.padded(unit.out(layer), unit.stride(layer)), ""));
      case "ChannelShuffle" -> List.of(new Step(new ChannelShuffle(layer.integer("groups")), ""));
      case "ChannelSplit" ->
          List.of(new Step(new ChannelSplit(layer.integer("part"), layer.integer("of")), ""));
      case "Times" -> List.of(new Step(new Times(layer.real("factor")), ""));
      case "ShakeShake" ->
          List.of(new Step(new ShakeShake(layer.constant("backward").equals("EVEN"), draws++), ""));
      case "SelectiveKernel" ->
          List.of(
              new Step(
                  new SelectiveKernel(
                      path,
                      branches(layer, unit, path),
                      layer.integer("reduction"),
                      layer.integer("minimum")),
                  ""));
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
    boolean normed = normed(layer);
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
      steps.add(new Step(BatchNorm.alone(path + ".norm", scale(layer)), "normalized"));
    }
    return activated(layer, steps.toArray(Step[]::new));
  }

  private static List<Convolution> branches(LayerDeclaration layer, Unit unit, String path) {
    List<Convolution> branches = new ArrayList<>();
    for (int m = 0; m < layer.integer("branches"); m++) {
      int kernel = ofBranch(layer, "kernels", m, 3);
      int dilation =
          ofBranch(layer, "dilations", m, layer.integers("kernels").isEmpty() ? m + 1 : 1);
      branches.add(
          new Convolution(
              SelectiveKernel.branchPrefix(path, m),
              unit.out(layer),
              kernel,
              kernel,
              unit.stride(layer),
              dilation,
              Padding.SAME,
              ofBranch(layer, "groups", m, 1),
              false));
    }
    return branches;
  }

  /** A member's value for a branch: its own, that of all, or what stands for none. */
  private static int ofBranch(LayerDeclaration layer, String member, int m, int absent) {
    List<Integer> values = layer.integers(member);
    return values.isEmpty() ? absent : values.get(values.size() == 1 ? 0 : m);
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

  private static boolean normed(LayerDeclaration layer) {
    return Norm.valueOf(layer.constant("norm")) == Norm.BATCH;
  }

  private static Scale scale(LayerDeclaration layer) {
    return Scale.valueOf(layer.constant("scale"));
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
              + groups(layer.integer("groups"));
      case "MaxPool", "AveragePool" ->
          "%s %sx%s".formatted(layer.kind(), layer.integer("kernel"), layer.integer("kernel"))
              + unlessOne(" /", unit.poolStride(layer));
      case "SelectiveKernel" -> selective(branches(layer, unit, ""), unit.stride(layer));
      case "Shortcut", "PaddedShortcut" -> layer.kind() + unlessOne(" /", unit.stride(layer));
      default -> layer.kind();
    };
  }

  /** Groups stand once where all branches have as many. */
  private static String selective(List<Convolution> branches, int stride) {
    boolean alike = branches.stream().mapToInt(Convolution::groups).distinct().count() == 1;
    String kernels =
        branches.stream()
            .map(
                branch ->
                    "%sx%s".formatted(branch.kernelHeight(), branch.kernelWidth())
                        + unlessOne(" dilation ", branch.dilation())
                        + (alike ? "" : groups(branch.groups())))
            .collect(Collectors.joining(" + "));
    String common = alike ? groups(branches.get(0).groups()) : "";
    return "SelectiveKernel " + kernels + unlessOne(" /", stride) + common;
  }

  private static String groups(int groups) {
    return groups == Groups.CHANNELS ? " depthwise" : unlessOne(" groups ", groups);
  }

  private static String unlessOne(String words, int value) {
    return value == 1 ? "" : words + value;
  }
}
