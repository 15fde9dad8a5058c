package dev.selkie.runtime;

import java.util.List;

/**
 * A learnable tensor and its gradient.
 *
 * @param name as PyTorch would have it, such as {@code stage1.0.reduce.weight}
 * @param dimensions as PyTorch has them: (out, in / groups, kernel height, kernel width), (out, in)
 *     or (channels); {@code value} holds the same numbers with the input channels last
 * @param decayed whether weight decay applies: not to norms and biases
 * @param fanOut summands of one input's gradient, for He initialisation
 * @param fanIn summands of one output
 */
public record Parameter(
    String name,
    List<Integer> dimensions,
    Initializer initializer,
    int fanIn,
    int fanOut,
    boolean decayed,
    Tensor value,
    Tensor gradient) {}
