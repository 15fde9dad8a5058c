package dev.selkie.processor.program;

import dev.selkie.processor.graph.Dims;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Layout;

/**
 * A tensor of the arena whose place depends on its lifetime.
 *
 * @param path the value's path; that of a gradient is the value's
 * @param group the group that declares it
 * @param role what it is to the network
 */
public record Buffer(String path, String group, Dims dims, Element element, Role role) {

  /** What a buffer is to the network. */
  public enum Role {
    /** A value of the training pass. */
    ACTIVATION,
    /** Kept by forward for backward: a mask, winners. */
    SAVED,
    GRADIENT,
    /** A summand of a gradient. */
    SUMMAND,
    /** A value of the inference pass. */
    INFERENCE,
    /** The network's input, logits, or their gradient: not planned. */
    FIXED_INPUT,
    FIXED_LOGITS,
    FIXED_LOGITS_GRADIENT
  }

  public boolean planned() {
    return role.compareTo(Role.FIXED_INPUT) < 0;
  }

  /**
   * Bytes per sample, so rounded that each buffer starts aligned at any batch, also where
   * activations of 16 bits halve them: what does not shrink with them takes twice its size.
   */
  public long bytes() {
    int halvings = element.isActivation() ? 1 : 2;
    return 2 * Layout.align((halvings * element.bytes(dims.elements()) + 1) / 2);
  }
}
