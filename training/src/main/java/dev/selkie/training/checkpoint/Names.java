package dev.selkie.training.checkpoint;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which of the known names somebody may have meant. */
public final class Names {
  private Names() {}

  /** The name with the fewest edits (Levenshtein, 1966), if at most half of it differs. */
  public static Optional<String> nearest(String wanted, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(name -> edits(wanted, name)))
        .filter(name -> 2 * edits(wanted, name) <= Math.max(wanted.length(), name.length()));
  }

  private static int edits(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
