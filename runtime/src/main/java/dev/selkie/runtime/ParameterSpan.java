package dev.selkie.runtime;

/**
 * All parameters of one kind behind one another, and their gradients in the same order.
 *
 * @param values never empty; what alignment leaves between two parameters is zero and stays so
 * @param decayed whether weight decay is meant for them
 */
public record ParameterSpan(Tensor values, Tensor gradients, boolean decayed) {}
