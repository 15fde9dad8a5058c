package dev.selkie.training.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run is, as the headers of its checkpoints say it. The same run has the same header,
 * whenever and wherever it is started.
 */
public final class RunHeader {
  static final String RUN = "run";
  private static final int SHOWN = 12;
  private static final int LONGEST = 60;

  /** What may differ between a run and one that goes on from it, and how people call it. */
  private static final Map<String, String> NAMES = names();

  private final Map<String, String> entries;

  private RunHeader(Map<String, String> entries) {
    this.entries = entries;
  }

  /**
   * @param entries in the order in which they are to be written: a {@link ModelCard}'s, the seed,
   *     the batch, the recipe
   */
  public static RunHeader of(Map<String, String> entries) {
    Map<String, String> all = new LinkedHashMap<>(entries);
    all.put(RUN, Fingerprint.hash(entries.toString()).substring(0, SHOWN));
    return new RunHeader(all);
  }

  /** The same run under the number of the one that it goes on from. */
  RunHeader continuing(Map<String, String> before) {
    Map<String, String> all = new LinkedHashMap<>(entries);
    if (before.containsKey(RUN)) {
      all.put(RUN, before.get(RUN));
    }
    return new RunHeader(all);
  }

  public Map<String, String> entries() {
    return new LinkedHashMap<>(entries);
  }

  String entry(String key) {
    return entries.getOrDefault(key, "");
  }

  /** Whatever is not as in an earlier header, such as {@code batch 32, not 128}. */
  List<String> differences(Map<String, String> before) {
    List<String> differences = new ArrayList<>();
    NAMES.forEach(
        (key, name) -> {
          String now = entries.get(key);
          String then = before.get(key);
          if (now != null && then != null && !now.equals(then)) {
            differences.add("%s %s, not %s".formatted(name, shown(now), shown(then)));
          }
        });
    return differences;
  }

  /** An earlier run in a few words, such as {@code Tiny on shapes, seed 1 (run 12ab)}. */
  static String describe(Map<String, String> header) {
    String network = header.getOrDefault(ModelCard.NETWORK, "an unknown network");
    StringBuilder text = new StringBuilder(shown(network.substring(network.lastIndexOf('.') + 1)));
    if (header.containsKey(ModelCard.DATA)) {
      text.append(" on ").append(shown(header.get(ModelCard.DATA)));
    }
    if (header.containsKey("seed")) {
      text.append(", seed ").append(shown(header.get("seed")));
    }
    if (header.containsKey("optimizer")) {
      text.append(", ").append(shown(header.get("optimizer")));
    }
    return text.toString();
  }

  private static String shown(String value) {
    String line = value.replaceAll("\\p{Cntrl}", " ").replaceAll("(\\.\\d{4})\\d+", "$1");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(ModelCard.DATA, "data set");
    names.put(ModelCard.CLASSES, "classes");
    names.put(ModelCard.IMAGE, "images of");
    names.put("mean", "means");
    names.put("deviation", "deviations");
    names.put("trainImages", "training images");
    names.put("seed", "seed");
    names.put("batch", "batch");
    names.put("precision", "precision");
    names.put("epochs", "epochs");
    names.put("optimizer", "optimiser");
    names.put("schedule", "schedule");
    names.put("augmentation", "augmentation");
    names.put("smoothing", "label smoothing");
    return names;
  }
}
