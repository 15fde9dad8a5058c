package dev.selkie.processor.describe;

import static dev.selkie.processor.testing.Models.block;
import static dev.selkie.processor.testing.Models.layer;
import static dev.selkie.processor.testing.Models.network;
import static dev.selkie.processor.testing.Models.stage;

import dev.selkie.processor.CompiledNetwork;
import dev.selkie.processor.CompiledNetwork.Document;
import dev.selkie.processor.NetworkCompiler;
import dev.selkie.processor.Options;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.model.ModelDeclaration;
import java.util.List;

/** Networks to describe. */
final class Samples {
  private Samples() {}

  /** Its layers in the order of the forward pass, by path. */
  static final List<String> SMALL_LAYERS =
      List.of(
          "stem",
          "pool",
          "stage.0.reduce",
          "stage.0.spatial",
          "stage.0.expand",
          "stage.0.shortcut",
          "stage.0.out",
          "features",
          "logits");

  static ModelDeclaration small() {
    return network(
        3,
        32,
        32,
        List.of(
            layer("stem", "Conv", "image", "out", 16, "kernel", 3),
            layer("pool", "MaxPool", "stem", "kernel", 2),
            stage("stage", bottleneck(), "pool", "width", 8, "repeat", 1),
            layer("features", "GlobalAveragePool", "stage"),
            layer("logits", "Dense", "features", "out", 10)));
  }

  /** ResNet-50 with the stride in the 3x3 convolution. */
  static ModelDeclaration resNet50() {
    return network(
        3,
        224,
        224,
        List.of(
            layer("stem", "Conv", "image", "out", 64, "kernel", 7, "stride", 2),
            layer("pool", "MaxPool", "stem", "kernel", 3, "stride", 2),
            stage("stage1", bottleneck(), "pool", "width", 64, "repeat", 3),
            stage("stage2", bottleneck(), "stage1", "width", 128, "repeat", 4, "stride", 2),
            stage("stage3", bottleneck(), "stage2", "width", 256, "repeat", 6, "stride", 2),
            stage("stage4", bottleneck(), "stage3", "width", 512, "repeat", 3, "stride", 2),
            layer("features", "GlobalAveragePool", "stage4"),
            layer("logits", "Dense", "features", "out", 1000)));
  }

  /** Branches at the top level, edges that pass over others, names of all lengths. */
  static ModelDeclaration branches() {
    String wide = "\u5377\u7a4d".repeat(20);
    String endless = "aNameThatNoPanelHasRoomFor".repeat(4);
    return network(
        3,
        64,
        64,
        List.of(
            layer("stem", "Conv", "image", "out", 32, "kernel", 3, "stride", 2),
            layer("branch1", "Conv", "stem", "out", 16),
            layer(endless, "Conv", "stem", "out", 16),
            layer("branch3", "Conv", endless, "out", 24, "kernel", 3, "groups", 8),
            layer(wide, "Conv", "stem", "out", 16),
            layer("branch5", "Conv", wide, "out", 24, "kernel", 5, "groups", 2, "dilation", 2),
            stage(endless + 2, bottleneck(), "stem", "width", 8, "repeat", 2),
            layer("mixed", "Concat", "branch1 branch3 branch5 " + endless + 2),
            layer("fused", "Conv", "mixed", "out", 32),
            layer("sum", "Add", "fused stem"),
            layer("features", "GlobalAveragePool", "sum"),
            layer("logits", "Dense", "features", "out", 10)));
  }

  static String document(ModelDeclaration model, String ending) {
    Problems problems = new Problems();
    CompiledNetwork compiled =
        NetworkCompiler.compile(model, new Options(true, false), problems).orElseThrow();
    return compiled.documents().stream()
        .filter(document -> document.fileName().equals("ModelNetwork" + ending))
        .map(Document::content)
        .findFirst()
        .orElseThrow();
  }

  private static ModelDeclaration bottleneck() {
    return block(
        "Bottleneck",
        layer("reduce", "Conv", "x", "widths", 1),
        layer("spatial", "Conv", "reduce", "widths", 1, "kernel", 3, "strided", true),
        layer("expand", "Conv", "spatial", "widths", 4, "activation", "NONE"),
        layer("shortcut", "Shortcut", "x", "widths", 4, "strided", true),
        layer("out", "Add", "expand shortcut", "activation", "RELU"));
  }
}
