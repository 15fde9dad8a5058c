package dev.selkie.runtime;

/** Sizes of one convolution beyond the shapes of its tensors; padding is on both sides. */
public record ConvGeometry(
    int kernelHeight,
    int kernelWidth,
    int stride,
    int dilation,
    int paddingHeight,
    int paddingWidth,
    int groups) {}
