package dev.selkie.runtime;

/** How a parameter starts. */
public enum Initializer {
  /** Normal with variance 2 / fan-out (He et al., 2015, as torchvision and timm set it). */
  HE_NORMAL,
  /** Uniform within 1 / sqrt(fan-in), PyTorch's default for dense layers. */
  UNIFORM,
  ONE,
  ZERO
}
