package dev.selkie.processor.program;

/**
 * Java source without names yet: generated expressions are lists of {@link Buffer}, {@link Field}
 * and {@link Constant}, which the emitter names, and of texts, which stand as they are.
 */
public record Text(String java) {}
