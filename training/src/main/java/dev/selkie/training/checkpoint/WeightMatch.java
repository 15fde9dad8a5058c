package dev.selkie.training.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pairs a network's tensors with a file's by name, or says all that does not fit at once. */
record WeightMatch(Path file, String owner) {
  /** Faults told in full; a file of another network has hundreds. */
  private static final int SHOWN = 12;

  /** The entries in the order of the tensors. */
  List<TensorEntry> match(List<NamedTensor> tensors, List<TensorEntry> entries) {
    Map<String, TensorEntry> unknown = new LinkedHashMap<>();
    entries.forEach(entry -> unknown.put(entry.name(), entry));
    List<TensorEntry> matched = tensors.stream().map(t -> unknown.remove(t.name())).toList();
    List<String> missing = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      if (matched.get(i) == null) {
        missing.add(tensors.get(i).name());
      } else {
        fault(tensors.get(i), matched.get(i), faults);
      }
    }
    missing.forEach(name -> faults.add("missing: " + name + near(name, unknown.keySet())));
    unknown.keySet().forEach(name -> faults.add("unknown: " + name + near(name, missing)));
    if (!faults.isEmpty()) {
      throw new CheckpointException(message(faults));
    }
    return matched;
  }

  private static void fault(NamedTensor tensor, TensorEntry entry, List<String> faults) {
    if (!entry.type().equals("F32")) {
      faults.add("type: %s is %s; save it as float32 (F32)".formatted(entry.name(), entry.type()));
    } else if (!entry.shape().equals(tensor.dimensions())) {
      faults.add(
          "shape: %s is %s in the file, %s in the network"
              .formatted(tensor.name(), entry.shape(), tensor.dimensions()));
    }
  }

  private static String near(String name, Collection<String> candidates) {
    return Names.nearest(name, candidates).map(near -> " (is it %s?)".formatted(near)).orElse("");
  }

  private String message(List<String> faults) {
    List<String> lines = new ArrayList<>(faults.subList(0, Math.min(SHOWN, faults.size())));
    if (faults.size() > SHOWN) {
      lines.add("and %d more".formatted(faults.size() - SHOWN));
    }
    return "%s does not fit %s:%n  %s"
        .formatted(file, owner, String.join("%n  ".formatted(), lines));
  }
}
