package dev.selkie.training.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a network took from a file.
 *
 * @param metadata strings of the file's header
 * @param taken how many of the network's tensors were read
 * @param tensors how many there are
 * @param left those that keep the values they had, each with the reason
 * @param unused tensors of the file that the network has no place for
 * @param notes what else is worth a sentence: a prefix that was left away, types that were rounded,
 *     another network
 */
public record LoadedWeights(
    Path file,
    Map<String, String> metadata,
    int taken,
    int tensors,
    List<String> left,
    List<String> unused,
    List<String> notes) {
  /** Names told in full; a file of another network has hundreds. */
  private static final int SHOWN = 12;

  public LoadedWeights {
    left = List.copyOf(left);
    unused = List.copyOf(unused);
    notes = List.copyOf(notes);
  }

  /** Whether every tensor of the network was read. */
  public boolean whole() {
    return left.isEmpty();
  }

  /** All that is not as one would expect, a sentence each; empty where the file fits exactly. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>(notes);
    if (!left.isEmpty()) {
      sentences.add(
          "%s: %d of the network's %d tensors were loaded; not loaded: %s"
              .formatted(file, taken, tensors, some(left)));
    }
    if (!unused.isEmpty()) {
      sentences.add("%s: the network has no place for %s".formatted(file, some(unused)));
    }
    return sentences;
  }

  private static String some(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? "%s, and %d more".formatted(shown, names.size() - SHOWN) : shown;
  }
}
