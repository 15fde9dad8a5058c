package dev.selkie.runtime;

/** All parameters of one kind behind one another, and their gradients in the same order. */
public record ParameterSpan(Tensor values, Tensor gradients, boolean decayed) {}
