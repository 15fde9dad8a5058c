package dev.selkie.runtime;

/** A tensor that training updates without a gradient: a running mean or variance. */
public record Statistic(String name, Tensor value) {}
