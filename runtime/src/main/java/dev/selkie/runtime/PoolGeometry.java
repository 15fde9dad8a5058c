package dev.selkie.runtime;

/**
 * Sizes of one pooling beyond the shapes of its tensors; padding is on both sides.
 *
 * @param countPadding whether an average divides by the whole window, its padding included
 */
public record PoolGeometry(int kernel, int stride, int padding, boolean countPadding) {}
