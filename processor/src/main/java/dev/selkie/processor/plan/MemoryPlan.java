package dev.selkie.processor.plan;

import dev.selkie.processor.program.Buffer;
import java.util.Map;

/**
 * Where each buffer lies, in bytes per sample from the start of the planned region.
 *
 * @param training the same along the verbs of a training step
 * @param planned size of that region per sample
 * @param unshared what the buffers would take if none shared a place
 * @param live the most that is alive at one time in training: no plan can be smaller
 */
public record MemoryPlan(
    Map<Buffer, Long> offsets, Timeline training, long planned, long unshared, long live) {

  public MemoryPlan {
    offsets = Map.copyOf(offsets);
  }

  public long offset(Buffer buffer) {
    return offsets.get(buffer);
  }
}
