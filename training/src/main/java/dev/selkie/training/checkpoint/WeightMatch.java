package dev.selkie.training.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network's tensors beside a file's, paired by name where shape and type fit.
 *
 * @param matched for each of the network's tensors the file's, or null
 * @param faults why tensors of the network have no partner
 * @param unused tensors of the file without a partner, under the file's names
 * @param notes what was done to names and types
 */
record WeightMatch(
    List<TensorEntry> matched, List<String> faults, List<String> unused, List<String> notes) {
  /** Faults told in full; a file of another network has hundreds. */
  private static final int SHOWN = 12;

  private static final int CANDIDATES = 1000;

  static WeightMatch of(List<NamedTensor> tensors, List<TensorEntry> entries) {
    String prefix =
        Prefix.find(
            tensors.stream().map(NamedTensor::name).toList(),
            entries.stream().map(TensorEntry::name).toList());
    Map<String, TensorEntry> unknown = byName(entries, prefix);
    List<TensorEntry> matched = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (NamedTensor tensor : tensors) {
      TensorEntry entry = unknown.remove(tensor.name());
      String fault = entry == null ? null : fault(tensor, entry);
      matched.add(fault == null ? entry : null);
      if (entry == null) {
        missing.add(tensor.name());
      } else if (fault != null) {
        faults.add(fault);
      }
    }
    List<String> strange = unknown.values().stream().map(TensorEntry::name).toList();
    faults.addAll(hinted("missing: ", missing, strange));
    List<String> unused = hinted("", strange, missing);
    return new WeightMatch(matched, faults, unused, notes(prefix, matched));
  }

  int taken() {
    return (int) matched.stream().filter(entry -> entry != null).count();
  }

  private static Map<String, TensorEntry> byName(List<TensorEntry> entries, String prefix) {
    Map<String, TensorEntry> named = new LinkedHashMap<>();
    entries.stream()
        .filter(entry -> entry.name().startsWith(prefix))
        .forEach(entry -> named.put(entry.name().substring(prefix.length()), entry));
    for (TensorEntry entry : entries) {
      if (!entry.name().startsWith(prefix) && named.containsKey(entry.name())) {
        // The name stands there with the prefix too; that one is meant.
        named.put("without prefix " + entry.name(), entry);
      } else if (!entry.name().startsWith(prefix)) {
        named.put(entry.name(), entry);
      }
    }
    return named;
  }

  private static String fault(NamedTensor tensor, TensorEntry entry) {
    if (!entry.shape().equals(tensor.dimensions())) {
      return "shape: %s is %s in the file, %s in the network"
          .formatted(tensor.name(), entry.shape(), tensor.dimensions());
    }
    return entry.type().readable()
        ? null
        : "type: %s is %s; save it as one of %s"
            .formatted(entry.name(), entry.type(), DataType.readableNames());
  }

  private static List<String> notes(String prefix, List<TensorEntry> matched) {
    List<String> notes = new ArrayList<>();
    if (!prefix.isEmpty()) {
      notes.add("names are read without their prefix '%s'".formatted(prefix));
    }
    Set<DataType> types =
        matched.stream()
            .filter(entry -> entry != null && entry.type() != DataType.F32)
            .map(TensorEntry::type)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (DataType type : types) {
      notes.add(
          "%s values are %s float32"
              .formatted(type, type == DataType.F64 ? "rounded to" : "widened to"));
    }
    return notes;
  }

  /**
   * Each name with what may have been meant; to look for that takes long, so only as many as are
   * shown.
   */
  private static List<String> hinted(String before, List<String> names, List<String> candidates) {
    List<String> few = candidates.subList(0, Math.min(CANDIDATES, candidates.size()));
    List<String> hinted = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Optional<String> near = i < SHOWN ? Names.nearest(names.get(i), few) : Optional.empty();
      hinted.add(before + names.get(i) + near.map(" (is it %s?)"::formatted).orElse(""));
    }
    return hinted;
  }

  /** All that does not fit, for one that must. */
  CheckpointException refusal(Path file, String owner, String advice) {
    List<String> all = new ArrayList<>(faults);
    unused.forEach(name -> all.add("unknown: " + name));
    List<String> lines = new ArrayList<>(all.subList(0, Math.min(SHOWN, all.size())));
    if (all.size() > SHOWN) {
      lines.add("and %d more".formatted(all.size() - SHOWN));
    }
    return new CheckpointException(
        "%s does not fit %s:%n  %s%s"
            .formatted(file, owner, String.join("%n  ".formatted(), lines), advice));
  }
}
