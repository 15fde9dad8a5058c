package dev.selkie.processor.plan;

import dev.selkie.processor.program.Buffer;
import java.util.List;

/**
 * A stretch of the planned region, and the training verbs between which it is taken.
 *
 * @param buffers one, or several where a verb overwrites its input; in the order they appear
 * @param offset bytes per sample from the start of the region
 * @param first index of the first verb that touches it; backward's verbs follow on forward's
 * @param last index of the last, included
 */
public record Placement(List<Buffer> buffers, long offset, int first, int last) {

  public Placement {
    buffers = List.copyOf(buffers);
  }

  public String path() {
    return buffers.get(0).path();
  }

  public Buffer.Role role() {
    return buffers.get(0).role();
  }

  /** Size per sample. */
  public long bytes() {
    return buffers.get(0).bytes();
  }
}
