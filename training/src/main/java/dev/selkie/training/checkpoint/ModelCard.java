package dev.selkie.training.checkpoint;

import dev.selkie.runtime.GeneratedNetwork;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.Normalization;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What weights were trained on, kept in the metadata of their file: enough to prepare other images
 * alike.
 *
 * @param fingerprint of the network, as {@link Fingerprint#of} says it; empty where unknown
 */
public record ModelCard(
    String network,
    String fingerprint,
    String data,
    List<String> classes,
    Normalization normalization,
    int channels,
    int height,
    int width) {
  private static final int SHOWN = 120;

  static final String NETWORK = "network";
  static final String FINGERPRINT = "fingerprint";
  static final String DATA = "data";
  static final String CLASSES = "classes";
  static final String IMAGE = "image";

  public ModelCard {
    classes = List.copyOf(classes);
  }

  /** Of a network that is trained on that data. */
  public static ModelCard of(TrainableNetwork network, DataSet data) {
    return new ModelCard(
        network.name(),
        Fingerprint.of(network),
        data.name(),
        data.classes(),
        data.normalization(),
        data.train().channels(),
        data.train().height(),
        data.train().width());
  }

  /** The same as strings, always in the same order. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(NETWORK, network);
    metadata.put(FINGERPRINT, fingerprint);
    metadata.put(DATA, data);
    metadata.put(CLASSES, String.join("\n", classes));
    metadata.put("mean", join(normalization.mean()));
    metadata.put("deviation", join(normalization.deviation()));
    metadata.put(IMAGE, "%d %d %d".formatted(channels, height, width));
    return metadata;
  }

  /**
   * From a file's metadata, held against a network: nothing that a card claims is believed before.
   *
   * @throws CheckpointException where there is no card, or the network cannot be what it was
   *     written for
   */
  public static ModelCard of(Map<String, String> metadata, TrainableNetwork network) {
    ModelCard card = parse(metadata);
    card.requireClasses(network.classes());
    card.requireImage(network.input().shape());
    card.requireNormalization();
    return card;
  }

  private static ModelCard parse(Map<String, String> metadata) {
    try {
      List<Integer> image = words(metadata, IMAGE).map(Integer::valueOf).toList();
      if (image.size() != 3) {
        throw new IllegalArgumentException("an image has three sizes");
      }
      return new ModelCard(
          metadata.getOrDefault(NETWORK, ""),
          metadata.getOrDefault(FINGERPRINT, ""),
          metadata.getOrDefault(DATA, ""),
          metadata.getOrDefault(CLASSES, "").lines().toList(),
          new Normalization(
              words(metadata, "mean").map(Double::valueOf).toList(),
              words(metadata, "deviation").map(Double::valueOf).toList()),
          image.get(0),
          image.get(1),
          image.get(2));
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(
          "the weights do not say what images they were trained on; use a file that ./selkie train --save wrote",
          e);
    }
  }

  /**
   * In words, whose weights a file with that metadata holds, where that is another network.
   *
   * <p>The fingerprint decides where both come from the same version of the generator, so that a
   * network may be renamed; else the simple name does, so that it may move.
   */
  static Optional<String> otherNetwork(Map<String, String> metadata, TrainableNetwork network) {
    String name = shown(metadata.getOrDefault(NETWORK, network.name()));
    String known = metadata.getOrDefault(FINGERPRINT, "");
    boolean comparable = known.startsWith(GeneratedNetwork.VERSION + "-");
    boolean other =
        comparable
            ? !known.equals(Fingerprint.of(network))
            : !simple(name).equals(simple(network.name()));
    if (!other) {
      return Optional.empty();
    }
    return Optional.of(
        name.equals(network.name())
            ? "weights of %s as it was before its layers were changed".formatted(name)
            : "weights of %s, not of %s".formatted(name, network.name()));
  }

  /** What {@link #otherNetwork} looks at. */
  public static Map<String, String> identity(TrainableNetwork network) {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put(NETWORK, network.name());
    identity.put(FINGERPRINT, Fingerprint.of(network));
    return identity;
  }

  /** In words, what else weights with that metadata were trained on, where it was not this. */
  public static Optional<String> otherData(Map<String, String> metadata, DataSet data) {
    String name = metadata.getOrDefault(DATA, data.name());
    if (!name.equals(data.name())) {
      return Optional.of(
          "the weights were trained on %s, not on %s".formatted(shown(name), data.name()));
    }
    String classes = String.join("\n", data.classes());
    return metadata.getOrDefault(CLASSES, classes).equals(classes)
        ? Optional.empty()
        : Optional.of("the weights were trained on other classes of %s".formatted(name));
  }

  private void requireClasses(int outputs) {
    if (classes.isEmpty() || classes.size() > outputs) {
      throw lie(
          "names %d classes but the network has %d outputs".formatted(classes.size(), outputs));
    }
    Set<String> seen = new HashSet<>();
    for (String name : classes) {
      if (!seen.add(name)) {
        throw lie("names the class '%s' twice".formatted(shown(name)));
      }
    }
  }

  private void requireImage(Shape input) {
    boolean fits =
        channels >= 1
            && height >= 1
            && width >= 1
            && height <= input.height()
            && width <= input.width()
            && (channels == 1 || channels == input.channels());
    if (!fits) {
      throw lie(
          "says images of %dx%dx%d, which do not fit the network's input of %dx%dx%d"
              .formatted(channels, height, width, input.channels(), input.height(), input.width()));
    }
  }

  private void requireNormalization() {
    if (normalization.mean().size() != channels) {
      throw lie(
          "has means for %d channels, but images of %d"
              .formatted(normalization.mean().size(), channels));
    }
    boolean sound =
        IntStream.range(0, channels)
            .allMatch(c -> sound(normalization.mean().get(c), normalization.deviation().get(c)));
    if (!sound) {
      throw lie(
          "has the means %s and deviations %s; deviations are above 0, and all are finite"
              .formatted(normalization.mean(), normalization.deviation()));
    }
  }

  /** Whether the darkest and the brightest pixel become finite inputs. */
  private static boolean sound(double mean, double deviation) {
    return deviation > 0
        && Float.isFinite((float) ((0 - mean) / deviation))
        && Float.isFinite((float) ((1 - mean) / deviation));
  }

  private static CheckpointException lie(String what) {
    return new CheckpointException(
        "the metadata of the weights do not fit them: it %s; use the file as ./selkie train --save wrote it, with its own network"
            .formatted(what));
  }

  /** A file's text within a sentence of ours: neither lines of its own nor pages. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }

  private static String simple(String name) {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  private static Stream<String> words(Map<String, String> metadata, String key) {
    return Stream.of(metadata.getOrDefault(key, "").split(" "));
  }

  private static String join(List<Double> values) {
    return String.join(" ", values.stream().map(value -> Double.toString(value)).toList());
  }
}
