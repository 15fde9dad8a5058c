package dev.selkie.cpu;

import dev.selkie.runtime.ConvGeometry;

/** The verbs of convolution where {@link Winograd} can carry them out; each says whether it did. */
final class WinogradVerbs {
  /**
   * Below this many rows the weights' gradient is left to the plain sum: with so few groups of rows
   * the borders weigh more, and ten steps of SE-ResNet-20 strayed from PyTorch by a third more than
   * rounding explains.
   */
  private static final int FEWEST_ROWS_FOR_WEIGHTS = 16;

  private final OneDnn oneDnn;
  private final Sites forward;
  private final Sites backwardData;
  private final Sites backwardWeights;

  WinogradVerbs(OneDnn oneDnn) {
    this.oneDnn = oneDnn;
    forward = new Sites(oneDnn);
    backwardData = new Sites(oneDnn);
    backwardWeights = new Sites(oneDnn);
  }

  boolean forward(CpuTensor y, CpuTensor x, CpuTensor weight, ConvGeometry geometry) {
    if (!Winograd.suits(weight, x, y, geometry)) {
      return false;
    }
    Sites.Site site = forward.find(y, x, weight, geometry, null);
    if (site == null) {
      site =
          forward.bind(
              "the convolution of " + x + " to " + y,
              y,
              () ->
                  new WinogradConvolution(oneDnn, y, x, weight, false, false, x, weight, geometry));
    }
    return chain(site, y);
  }

  boolean backwardData(
      CpuTensor dx, CpuTensor dy, CpuTensor weight, ConvGeometry geometry, boolean accumulate) {
    if (!Winograd.suits(weight, dx, dy, geometry)) {
      return false;
    }
    Sites.Site site = backwardData.find(weight, dx, dy, geometry, accumulate);
    if (site == null) {
      site =
          backwardData.bind(
              "the gradient of the convolution from " + dy + " to " + dx,
              weight,
              () ->
                  new WinogradConvolution(
                      oneDnn, dx, dy, weight, true, accumulate, dx, dy, geometry, accumulate));
    }
    return chain(site, dx);
  }

  boolean backwardWeights(CpuTensor dWeight, CpuTensor x, CpuTensor dy, ConvGeometry geometry) {
    if (x.shape().height() < FEWEST_ROWS_FOR_WEIGHTS || !Winograd.suits(dWeight, x, dy, geometry)) {
      return false;
    }
    Sites.Site site = backwardWeights.find(dWeight, x, dy, geometry, null);
    if (site == null) {
      site =
          backwardWeights.bind(
              "the weight gradient of the convolution from " + x + " to " + dy,
              dWeight,
              () -> new WinogradBackwardWeights(oneDnn, dWeight, x, dy, geometry));
    }
    return chain(site, x);
  }

  private boolean chain(Sites.Site site, CpuTensor tensor) {
    oneDnn.lanes.chain().add((Link) site, tensor.samples());
    return true;
  }
}
