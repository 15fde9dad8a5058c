package dev.selkie.processor.check;

import java.util.Collection;

/** Which name was meant. */
final class Spelling {
  private Spelling() {}

  /** The name of least distance, the first of equals; empty where there are none. */
  static String nearest(String name, Collection<String> names) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String other : names) {
      int distance = distance(name, other);
      if (distance < least) {
        least = distance;
        best = other;
      }
    }
    return best;
  }

  /** One slip in a short name, two in a name from six letters on; a single letter is a name. */
  static boolean isSlip(String name, String meant) {
    return distance(name, meant) <= Math.min(2, (name.length() + 2) / 4);
  }

  /**
   * Letters inserted, left out, replaced, or swapped with their neighbour: the optimal string
   * alignment distance (Damerau, 1964).
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int differ = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + differ, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
