package dev.selkie.peer;

import org.bytedeco.pytorch.Tensor;

/** A network's forward pass in PyTorch's words. */
@FunctionalInterface
public interface TorchModel {
  /**
   * The whole pass, in training.
   *
   * @param images (N, C, H, W)
   * @return unnormalised scores, (N, classes)
   */
  Tensor logits(TorchLayers layers, Tensor images);
}
