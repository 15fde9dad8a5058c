package dev.selkie.peer;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The residual networks of the zoo, drawn from a description: He et al. (2015), with grouped
 * convolutions (Xie et al., 2017), squeeze-and-excitation (Hu et al., 2018) and selective kernels
 * (Li et al., 2019) on request. The stride of a bottleneck stands in its 3x3 convolution.
 *
 * @param input what one image is
 * @param unit what stages are rows of
 * @param width of the first stage; each further one has twice as much
 * @param repeats units per stage
 * @param groups of the 3x3 convolutions of a bottleneck
 * @param reduction of squeeze-and-excitation, or 0 for none
 */
public record ResidualNetwork(
    Input input, Unit unit, int width, List<Integer> repeats, int groups, int reduction)
    implements TorchModel {

  /** Images, and the layers before the first stage. */
  public enum Input {
    /** 3x32x32, 10 classes; a 3x3 convolution. */
    CIFAR(3, 32, 10),
    /** 3x224x224, 1000 classes; a strided 7x7 convolution and a max-pool. */
    IMAGENET(3, 224, 1000),
    /** 256x56x56, 10 classes; none: what a unit of an ImageNet network's first stage reads. */
    UNIT(256, 56, 10);

    final int channels;
    final int size;
    final int classes;

    Input(int channels, int size, int classes) {
      this.channels = channels;
      this.size = size;
      this.classes = classes;
    }
  }

  /** Residual branches: channels inside, and at the end, in units of the width. */
  public enum Unit {
    /** Two 3x3 convolutions. */
    BASIC(1, 1),
    /** 1x1, 3x3, 1x1. */
    BOTTLENECK(1, 4),
    /** The same with ResNeXt's wider, grouped 3x3. */
    RESNEXT(2, 4),
    /** The same with a selective kernel in place of the 3x3. */
    SELECTIVE(2, 4);

    final int inner;
    final int outer;

    Unit(int inner, int outer) {
      this.inner = inner;
      this.outer = outer;
    }
  }

  public ResidualNetwork {
    repeats = List.copyOf(repeats);
  }

  @Override
  public Tensor logits(TorchLayers layers, Tensor images) {
    Tensor x = stem(layers, images);
    for (int stage = 1; stage <= repeats.size(); stage++) {
      int stageWidth = width << (stage - 1);
      for (int i = 0; i < repeats.get(stage - 1); i++) {
        int stride = stage > 1 && i == 0 ? 2 : 1;
        x = unit(layers, "stage" + stage + "." + i + ".", x, stageWidth, stride);
      }
    }
    return layers.dense("logits", layers.globalAveragePool(x), input.classes);
  }

  private Tensor stem(TorchLayers layers, Tensor images) {
    return switch (input) {
      case CIFAR -> layers.conv("stem", images, width, 3);
      case IMAGENET -> layers.maxPool(layers.conv("stem", images, 64, 7, 2, 1), 3, 2);
      case UNIT -> images;
    };
  }

  private Tensor unit(TorchLayers layers, String path, Tensor x, int stageWidth, int stride) {
    int inner = stageWidth * unit.inner;
    int outer = stageWidth * unit.outer;
    Tensor branch =
        unit == Unit.BASIC
            ? basic(layers, path, x, inner, outer, stride)
            : bottleneck(layers, path, x, inner, outer, stride);
    if (reduction > 0) {
      branch = layers.squeezeExcite(path + "recalibrated", branch, reduction);
    }
    return layers.addRelu(branch, layers.shortcut(path + "shortcut", x, outer, stride));
  }

  private static Tensor basic(
      TorchLayers layers, String path, Tensor x, int inner, int outer, int stride) {
    Tensor first = layers.conv(path + "first", x, inner, 3, stride, 1);
    return layers.linearConv(path + "second", first, outer, 3, 1, 1);
  }

  private Tensor bottleneck(
      TorchLayers layers, String path, Tensor x, int inner, int outer, int stride) {
    Tensor reduce = layers.conv(path + "reduce", x, inner, 1);
    String middle = path + "spatial";
    Tensor spatial =
        unit == Unit.SELECTIVE
            ? layers.selectiveKernel(middle, reduce, inner, stride, groups, 2)
            : layers.conv(middle, reduce, inner, 3, stride, groups);
    return layers.linearConv(path + "expand", spatial, outer, 1, 1, 1);
  }
}
