package dev.selkie.training.checkpoint;

/** What {@link Weights#load} refuses unless it is allowed. */
public enum Allow {
  /** A file that lacks some of the network's tensors, or has them in other shapes. */
  PARTIAL,

  /** A file of a network that computes something else, though names and shapes may fit. */
  OTHER_NETWORK
}
