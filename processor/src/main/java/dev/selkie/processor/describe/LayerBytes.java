package dev.selkie.processor.describe;

import dev.selkie.processor.plan.MemoryPlan;
import dev.selkie.processor.plan.Placement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each layer puts into the planned region, in bytes per sample: activations, what is saved for
 * backward, gradients. A place that a verb takes over from its input counts for the layer that
 * began it.
 */
final class LayerBytes {
  private final Map<String, Long> bytes = new HashMap<>();
  private final long most;

  LayerBytes(Summary summary, MemoryPlan plan) {
    Set<String> layers =
        summary.rows().stream().map(row -> row.layer().path()).collect(Collectors.toSet());
    for (Placement placement : plan.training().placements()) {
      String path = placement.path();
      while (!layers.contains(path) && path.contains(".")) {
        path = path.substring(0, path.lastIndexOf('.'));
      }
      bytes.merge(path, placement.bytes(), Math::addExact);
    }
    most = bytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  long of(Summary.Row row) {
    return bytes.getOrDefault(row.layer().path(), 0L);
  }

  long most() {
    return most;
  }
}
