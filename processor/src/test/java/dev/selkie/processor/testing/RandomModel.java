package dev.selkie.processor.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Networks by chance: sound ones, whose layers keep height and width, and wild ones. */
public final class RandomModel {
  private static final String[] KEEPING = {
    "@Conv(out = 8, kernel = 3)",
    "@Conv(out = 8, groups = 2, norm = Norm.NONE)",
    "@Conv(out = 8, kernelHeight = 5, dilation = 2, activation = Activation.SIGMOID)",
    "@Stage(block = Unit.class, width = 2, repeat = 2)",
    "@Shortcut(out = 8)",
    "@BatchNorm(activation = Activation.RELU)",
    "@SqueezeExcite(reduction = 4)",
    "@SelectiveKernel(out = 8, groups = 2, minimum = 4)",
    "@SelectiveKernel(out = 8, branches = 3, kernels = {3, 5, 1}, groups = {1, 2, 8})",
    "@MaxPool(kernel = 3, stride = 1)",
    "@AveragePool(kernel = 3, stride = 1, countPadding = false)",
    "@Relu",
    "@Sigmoid",
    "@Dropout(rate = 0.25)",
    "@Conv(kernel = 3, groups = Groups.CHANNELS, scale = Scale.ZERO)",
    "@SqueezeExcite(reduction = 4, squeeze = Squeeze.MAX, gate = Gate.TANH)",
    "@ChannelShuffle(groups = 4)",
    "@Times(factor = 0.5)",
    "@PaddedShortcut(out = 8)",
    "@Shortcut(out = 8, kernel = 3, norm = Norm.NONE)",
    "@Stage(block = Halves.class)"
  };

  private static final String[] KINDS = {
    "Conv",
    "Dense",
    "Shortcut",
    "Stage",
    "MaxPool",
    "AveragePool",
    "GlobalAveragePool",
    "SqueezeExcite",
    "SelectiveKernel",
    "BatchNorm",
    "Relu",
    "Sigmoid",
    "Dropout",
    "Add",
    "Multiply",
    "Concat",
    "ChannelShuffle",
    "ChannelSplit",
    "Times",
    "ShakeShake",
    "PaddedShortcut"
  };

  private static final String[] MEMBERS = {
    "out",
    "widths",
    "kernel",
    "kernelHeight",
    "kernelWidth",
    "stride",
    "groups",
    "dilation",
    "padding",
    "width",
    "repeat",
    "reduction",
    "minimum",
    "strided",
    "block",
    "rate",
    "branches",
    "kernels",
    "dilations",
    "part",
    "of",
    "factor",
    "ceil",
    "countPadding"
  };

  private static final String UNIT =
      """
      @Block interface Unit {
        @Conv(widths = 1, kernel = 3, strided = true) Tensor narrow(Tensor x);
        @Conv(widths = 4, activation = Activation.NONE) Tensor wide(Tensor narrow);
        @Shortcut(widths = 4, strided = true) Tensor shortcut(Tensor x);
        @Add(activation = Activation.RELU) Tensor out(Tensor wide, Tensor shortcut);
      }
      @Block interface Halves {
        @ChannelSplit(part = 1) Tensor kept(Tensor x);
        @ChannelSplit(part = 2) Tensor taken(Tensor x);
        @Conv(out = 4) Tensor changed(Tensor taken);
        @ShakeShake Tensor shaken(Tensor taken, Tensor changed);
        @Concat Tensor joined(Tensor kept, Tensor shaken);
        @ChannelShuffle(groups = 2) Tensor shuffled(Tensor joined);
      }
      """;

  private RandomModel() {}

  /** Layers of a sound network in no particular order, the stem first and the logits last. */
  public static List<String> sound(Random random) {
    List<String> layers = new ArrayList<>();
    Set<String> unread = new HashSet<>(Set.of("stem"));
    List<String> names = new ArrayList<>(List.of("stem"));
    for (int i = random.nextInt(8); i > 0; i--) {
      String name = "layer" + i;
      String a = names.get(random.nextInt(names.size()));
      String b = names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0 && !a.equals(b)) {
        String join = random.nextBoolean() ? "@Add" : "@Multiply";
        layers.add("%s Tensor %s(Tensor %s, Tensor %s);".formatted(join, name, a, b));
        unread.remove(b);
      } else {
        String kind = KEEPING[random.nextInt(KEEPING.length)];
        layers.add("%s Tensor %s(Tensor %s);".formatted(kind, name, a));
      }
      unread.remove(a);
      unread.add(name);
      names.add(name);
    }
    List<String> ends = unread.stream().sorted().toList();
    String last = ends.get(0);
    if (ends.size() > 1) {
      last = "joined";
      layers.add("@Concat Tensor joined(Tensor %s);".formatted(String.join(", Tensor ", ends)));
    }
    Collections.shuffle(layers, random);
    layers.add(0, "@Conv(out = 8, kernel = 3) Tensor stem(Tensor image);");
    layers.add("@Dense(out = 8) Tensor logits(Tensor %s);".formatted(last));
    return layers;
  }

  /** Layers that javac accepts and nobody would write. */
  public static List<String> wild(Random random) {
    List<String> layers = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      List<String> edges = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        if (random.nextInt(1 + j) == 0) {
          edges.add("Tensor e" + random.nextInt(i + 2));
        }
      }
      String type = random.nextInt(30) == 0 ? "int" : "Tensor";
      List<String> distinct = edges.stream().distinct().toList();
      layers.add(
          "%s %s e%d(%s);".formatted(annotation(random), type, i, String.join(", ", distinct)));
    }
    return layers;
  }

  private static String annotation(Random random) {
    String kind = KINDS[random.nextInt(KINDS.length)];
    List<String> members = new ArrayList<>();
    for (String member : MEMBERS) {
      if (Annotations.has(kind, member)
          && (Annotations.requires(kind, member) || random.nextInt(3) == 0)) {
        members.add(member + " = " + value(member, random));
      }
    }
    return "@" + kind + "(" + String.join(", ", members) + ")";
  }

  private static String value(String member, Random random) {
    return switch (member) {
      case "strided", "ceil", "countPadding" -> "" + random.nextBoolean();
      case "block" -> random.nextInt(5) == 0 ? "Tiny.class" : "Unit.class";
      case "rate", "factor" -> random.nextBoolean() ? "0.5" : "" + random.nextGaussian();
      default ->
          switch (random.nextInt(8)) {
            case 0 -> "" + random.nextInt();
            case 1 -> "" + (random.nextInt(5) - 2);
            case 2 -> "Integer.MAX_VALUE";
            default -> "" + (1 + random.nextInt(4));
          };
    };
  }

  /** The whole source. */
  public static String source(List<String> layers) {
    return UNIT + Mistake.network(String.join("\n  ", layers));
  }
}
