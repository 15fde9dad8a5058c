package dev.selkie.runtime;

/**
 * Sizes of one pooling beyond the shapes of its tensors; padding is on both sides. Where the output
 * is so large that a last window reaches beyond the padding, what lies there takes no part.
 *
 * @param countPadding whether an average divides by the whole window, its padding included; no
 *     window may then reach beyond it
 */
public record PoolGeometry(int kernel, int stride, int padding, boolean countPadding) {}
