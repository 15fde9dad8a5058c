package dev.selkie.training.checkpoint;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What stands before all names of a file, such as the {@code module.} of PyTorch's
 * DistributedDataParallel.
 */
final class Prefix {
  private Prefix() {}

  /** The prefix under which most of the network's names are found; empty where it is none. */
  static String find(Collection<String> network, Collection<String> file) {
    Set<String> wanted = new HashSet<>(network);
    Map<String, Integer> found = new HashMap<>();
    for (String name : file) {
      found.merge("", wanted.contains(name) ? 1 : 0, Integer::sum);
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        if (wanted.contains(name.substring(dot + 1))) {
          found.merge(name.substring(0, dot + 1), 1, Integer::sum);
        }
      }
    }
    String best = "";
    for (Map.Entry<String, Integer> candidate : found.entrySet()) {
      int count = candidate.getValue();
      int most = found.getOrDefault(best, 0);
      boolean shorter = candidate.getKey().length() < best.length();
      if (count > most || count == most && shorter) {
        best = candidate.getKey();
      }
    }
    return best;
  }
}
