package dev.selkie.runtime;

/**
 * One path of a selective kernel: a convolution, and the batch norm behind it.
 *
 * @param weight (C, kernel height, kernel width, in / groups)
 * @param norm of C channels; its {@link BatchNorm#sums} stay unused, since {@link Selection#sums}
 *     hold those of all branches
 */
public record Branch(Parameter weight, ConvGeometry geometry, BatchNorm norm) {}
