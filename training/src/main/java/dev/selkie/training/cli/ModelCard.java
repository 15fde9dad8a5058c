package dev.selkie.training.cli;

import dev.selkie.training.checkpoint.CheckpointException;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.Normalization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What weights were trained on, kept in the metadata of their file: enough to prepare other images
 * alike.
 */
record ModelCard(
    String network,
    String data,
    List<String> classes,
    Normalization normalization,
    int channels,
    int height,
    int width) {

  static ModelCard of(String network, DataSet data) {
    return new ModelCard(
        network,
        data.name(),
        data.classes(),
        data.normalization(),
        data.train().channels(),
        data.train().height(),
        data.train().width());
  }

  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("network", network);
    metadata.put("data", data);
    metadata.put("classes", String.join("\n", classes));
    metadata.put("mean", join(normalization.mean()));
    metadata.put("deviation", join(normalization.deviation()));
    metadata.put("image", "%d %d %d".formatted(channels, height, width));
    return metadata;
  }

  /** From a file's metadata, written by {@link #metadata}. */
  static ModelCard parse(Map<String, String> metadata) {
    try {
      List<Integer> image = words(metadata, "image").map(Integer::valueOf).toList();
      return new ModelCard(
          metadata.getOrDefault("network", ""),
          metadata.getOrDefault("data", ""),
          metadata.getOrDefault("classes", "").lines().toList(),
          new Normalization(
              words(metadata, "mean").map(Double::valueOf).toList(),
              words(metadata, "deviation").map(Double::valueOf).toList()),
          image.get(0),
          image.get(1),
          image.get(2));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new CheckpointException(
          "the weights do not say what images they were trained on; use a file that ./selkie train --save wrote",
          e);
    }
  }

  private static Stream<String> words(Map<String, String> metadata, String key) {
    return Stream.of(metadata.getOrDefault(key, "").split(" "));
  }

  private static String join(List<Double> values) {
    return String.join(" ", values.stream().map(value -> Double.toString(value)).toList());
  }
}
