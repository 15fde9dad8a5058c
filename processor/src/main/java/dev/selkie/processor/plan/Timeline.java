package dev.selkie.processor.plan;

import java.util.List;

/**
 * What lies where while a training step runs.
 *
 * @param forward verbs of the forward pass
 * @param backward verbs of the backward pass
 * @param placements the largest first
 */
public record Timeline(int forward, int backward, List<Placement> placements) {

  public Timeline {
    placements = List.copyOf(placements);
  }

  public int verbs() {
    return forward + backward;
  }
}
