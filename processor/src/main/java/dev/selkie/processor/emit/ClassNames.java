package dev.selkie.processor.emit;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of nested classes, which become files: told apart without capitals, which some disks do not
 * know; in ASCII, since letters that look alike may be one to a disk; no longer than a file's name
 * may be.
 */
final class ClassNames {
  /** Of a file's name, in bytes, on Linux. */
  private static final int LONGEST_FILE = 255;

  /** For what tells names apart that were cut. */
  private static final int SUFFIX = 6;

  /** Without capitals. */
  private final Set<String> taken = new HashSet<>(Set.of("factory", "layer"));

  private final Map<String, String> names = new HashMap<>();
  private final int longest;

  /**
   * @param outer simple name of the class around
   */
  ClassNames(String outer) {
    int around = (outer + "$.class").getBytes(StandardCharsets.UTF_8).length;
    this.longest = LONGEST_FILE - around;
  }

  /**
   * The class of a group.
   *
   * @param name what it would be called
   * @param kind that its name ends with
   * @param fields whose names Java would take for a class's, where a static method is called
   */
  String of(String group, String name, String kind, Set<String> fields) {
    return names.computeIfAbsent(
        group,
        key -> {
          String ascii = ascii(name);
          int most = Math.max(1, longest - kind.length() - SUFFIX);
          String wanted = ascii.substring(0, Math.min(ascii.length(), most)) + kind;
          String found = wanted;
          for (int i = 2; fields.contains(found) || !taken.add(folded(found)); i++) {
            found = wanted + "_" + i;
          }
          return found;
        });
  }

  /** Other letters become the digits of their code. */
  private static String ascii(String name) {
    StringBuilder ascii = new StringBuilder();
    for (char c : name.toCharArray()) {
      ascii.append(c < 128 ? "" + c : "u%04x".formatted((int) c));
    }
    return ascii.toString();
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
