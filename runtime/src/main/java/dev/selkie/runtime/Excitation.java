package dev.selkie.runtime;

import dev.selkie.annotation.Gate;

/**
 * The two small layers of squeeze-and-excitation: {@code gate = function(W2 relu(W1 squeeze + b1) +
 * b2)}, with C channels and R hidden units.
 *
 * @param weight1 W1, (R, 1, 1, C)
 * @param bias1 b1, (R), or null
 * @param weight2 W2, (C, 1, 1, R)
 * @param bias2 b2, (C), or null
 * @param squeeze (N, 1, 1, C): the mean of each channel over space, or its maximum
 * @param hidden (N, 1, 1, R): after the ReLU
 * @param gate (N, 1, 1, C)
 * @param dGate (N, 1, 1, C): gradient of the gate
 * @param dSqueeze (N, 1, 1, C): gradient of the squeeze
 * @param winners (N, 1, 1, C): the position of each maximum, row-major and the first of equals,
 *     written by {@link Ops#exciteForward}; null where the squeeze is the mean
 * @param function that gives the gate
 */
public record Excitation(
    Parameter weight1,
    Parameter bias1,
    Parameter weight2,
    Parameter bias2,
    Tensor squeeze,
    Tensor hidden,
    Tensor gate,
    Tensor dGate,
    Tensor dSqueeze,
    Tensor winners,
    Gate function) {

  public boolean squeezesMaximum() {
    return winners != null;
  }
}
