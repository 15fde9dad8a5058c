package dev.selkie.parity;

import dev.selkie.peer.TorchLayers;
import org.bytedeco.pytorch.Tensor;

/** The annotated networks of this package, line by line in PyTorch. */
final class Twins {
  private Twins() {}

  static Tensor smallSeResNeXt(TorchLayers t, Tensor image) {
    Tensor stem = t.conv("stem", image, 16, 3);
    Tensor stage1 = groupedSeBottleneck(t, "stage1.0.", stem, 8, 1);
    Tensor first = groupedSeBottleneck(t, "stage2.0.", stage1, 16, 2);
    Tensor second = groupedSeBottleneck(t, "stage2.1.", first, 16, 1);
    return t.dense("logits", t.globalAveragePool(second), 10);
  }

  private static Tensor groupedSeBottleneck(
      TorchLayers t, String unit, Tensor x, int width, int stride) {
    Tensor reduce = t.conv(unit + "reduce", x, 2 * width, 1);
    Tensor spatial = t.conv(unit + "spatial", reduce, 2 * width, 3, stride, 4);
    Tensor expand = t.linearConv(unit + "expand", spatial, 4 * width, 1, 1, 1);
    Tensor recalibrated = t.squeezeExcite(unit + "recalibrated", expand, 8);
    return t.addRelu(recalibrated, t.shortcut(unit + "shortcut", x, 4 * width, stride));
  }

  static Tensor smallSeInception(TorchLayers t, Tensor image) {
    Tensor pool = t.maxPool(t.conv("stem", image, 16, 3), 3, 2);
    Tensor mixed = seInceptionModule(t, "mixed.1.", seInceptionModule(t, "mixed.0.", pool));
    Tensor reduced = seInceptionReduction(t, "reduced.0.", mixed);
    return t.dense("logits", t.globalAveragePool(reduced), 10);
  }

  private static Tensor seInceptionModule(TorchLayers t, String unit, Tensor x) {
    Tensor single = t.conv(unit + "single", x, 8, 1);
    Tensor reduce = t.conv(unit + "reduce", x, 6, 1);
    Tensor three = t.conv(unit + "three", reduce, 8, 3);
    Tensor doubleReduce = t.conv(unit + "doubleReduce", x, 4, 1);
    Tensor doubleFirst = t.conv(unit + "doubleFirst", doubleReduce, 6, 3);
    Tensor doubleSecond = t.conv(unit + "doubleSecond", doubleFirst, 6, 3);
    Tensor projected = t.conv(unit + "projected", t.averagePool(x, 3, 1), 4, 1);
    Tensor joined = t.concat(single, three, doubleSecond, projected);
    return t.squeezeExcite(unit + "recalibrated", joined, 4);
  }

  private static Tensor seInceptionReduction(TorchLayers t, String unit, Tensor x) {
    Tensor reduce = t.conv(unit + "reduce", x, 6, 1);
    Tensor three = t.conv(unit + "three", reduce, 8, 3, 2, 1);
    Tensor joined = t.concat(three, t.maxPool(x, 3, 2));
    return t.squeezeExcite(unit + "recalibrated", joined, 4);
  }

  static Tensor smallSk(TorchLayers t, Tensor image) {
    Tensor stem = t.conv("stem", image, 16, 3);
    Tensor two =
        t.select(
            "two",
            8,
            t.branch("two.branch0", stem, 16, 3, 1, 1, 4),
            t.branch("two.branch1", stem, 16, 3, 1, 2, 4));
    Tensor three =
        t.select(
            "three",
            8,
            t.branch("three.branch0", two, 24, 3, 2, 1, 4),
            t.branch("three.branch1", two, 24, 3, 2, 2, 4),
            t.branch("three.branch2", two, 24, 3, 2, 3, 4));
    Tensor kernels =
        t.select(
            "kernels",
            8,
            t.branch("kernels.branch0", three, 16, 3, 1, 1, 4),
            t.branch("kernels.branch1", three, 16, 5, 1, 1, 8));
    Tensor split =
        t.select(
            "split",
            8,
            t.branch("split.branch0", t.half(kernels, 1), 16, 3, 1, 1, 1),
            t.branch("split.branch1", t.half(kernels, 2), 16, 3, 1, 2, 1));
    return t.dense("logits", t.globalAveragePool(split), 10);
  }

  static Tensor smallSkNet(TorchLayers t, Tensor image) {
    Tensor x = t.maxPool(t.conv("stem", image, 16, 7, 2, 1), 3, 2);
    int[] widths = {16, 16, 32, 32};
    for (int stage = 1; stage <= widths.length; stage++) {
      for (int i = 0; i < 2; i++) {
        int stride = stage > 1 && i == 0 ? 2 : 1;
        x = skBottleneck(t, "stage" + stage + "." + i + ".", x, widths[stage - 1], stride);
      }
    }
    return t.dense("logits", t.globalAveragePool(x), 10);
  }

  private static Tensor skBottleneck(TorchLayers t, String unit, Tensor x, int width, int stride) {
    Tensor reduce = t.conv(unit + "reduce", x, 2 * width, 1);
    Tensor spatial = t.selectiveKernel(unit + "spatial", reduce, 2 * width, stride, 32, 2);
    Tensor expand = t.linearConv(unit + "expand", spatial, 4 * width, 1, 1, 1);
    return t.addRelu(expand, t.shortcut(unit + "shortcut", x, 4 * width, stride));
  }

  static Tensor smallSeVgg(TorchLayers t, Tensor image) {
    Tensor gated1 = t.squeezeExcite("gated1", t.biasedConv("conv1", image, 8, 3), 2);
    Tensor pool1 = t.maxPool(gated1, 2, 2);
    Tensor gated2 = t.squeezeExcite("gated2", t.conv("conv2", pool1, 16, 3), 4);
    return t.dense("logits", t.globalAveragePool(t.maxPool(gated2, 2, 2)), 10);
  }

  static Tensor smallSePreAct(TorchLayers t, Tensor image) {
    Tensor stem = t.bareConv("stem", image, 8, 3, 1);
    Tensor stage1 = sePreActUnit(t, "stage1.0.", stem, 8, 1);
    Tensor stage2 = sePreActUnit(t, "stage2.0.", stage1, 16, 2);
    Tensor last = maxSePreActUnit(t, "stage3.0.", stage2, 16);
    return t.dense("logits", t.globalAveragePool(t.normRelu("activated", last)), 10);
  }

  private static Tensor sePreActUnit(TorchLayers t, String unit, Tensor x, int width, int stride) {
    Tensor first = t.conv(unit + "first", t.normRelu(unit + "activated", x), width, 3, stride, 1);
    Tensor second = t.bareConv(unit + "second", first, width, 3, 1);
    Tensor recalibrated = t.squeezeExcite(unit + "recalibrated", second, 4);
    return t.add(recalibrated, stride == 1 ? x : t.halvedAndPadded(x));
  }

  private static Tensor maxSePreActUnit(TorchLayers t, String unit, Tensor x, int width) {
    Tensor first = t.conv(unit + "first", t.normRelu(unit + "activated", x), width, 3);
    Tensor second = t.bareConv(unit + "second", first, width, 3, 1);
    return t.add(t.squeezeExciteMaximum(unit + "recalibrated", second, 4), x);
  }

  static Tensor smallShuffleNetV2(TorchLayers t, Tensor image) {
    Tensor stem = t.conv("stem", image, 8, 3);
    Tensor down = shuffleDown(t, "down.0.", stem, 12);
    Tensor first = shuffleUnit(t, "stage.0.", down, 12);
    Tensor second = shuffleUnit(t, "stage.1.", first, 12);
    return t.dense("logits", t.globalAveragePool(second), 10);
  }

  private static Tensor shuffleDown(TorchLayers t, String unit, Tensor x, int width) {
    int in = (int) x.size(1);
    Tensor keptDepthwise = t.linearConv(unit + "keptDepthwise", x, in, 3, 2, in);
    Tensor kept = t.conv(unit + "kept", keptDepthwise, width, 1);
    Tensor first = t.conv(unit + "first", x, width, 1);
    Tensor depthwise = t.linearConv(unit + "depthwise", first, width, 3, 2, width);
    Tensor second = t.conv(unit + "second", depthwise, width, 1);
    Tensor recalibrated = t.squeezeExcite(unit + "recalibrated", second, 16);
    return t.shuffle(t.concat(kept, recalibrated), 2);
  }

  private static Tensor shuffleUnit(TorchLayers t, String unit, Tensor x, int width) {
    Tensor first = t.conv(unit + "first", t.half(x, 2), width, 1);
    Tensor depthwise = t.linearConv(unit + "depthwise", first, width, 3, 1, width);
    Tensor second = t.conv(unit + "second", depthwise, width, 1);
    Tensor recalibrated = t.squeezeExcite(unit + "recalibrated", second, 16);
    return t.shuffle(t.concat(t.half(x, 1), recalibrated), 2);
  }
}
