package dev.selkie.training.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file: its metadata, and the tensors in the order of their bytes.
 */
record SafetensorsHeader(Map<String, String> metadata, List<TensorEntry> entries) {
  /** Longer headers are refused, as the format's own reader does. */
  static final long MAX_BYTES = 100_000_000;

  private static final String METADATA = "__metadata__";

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads and checks a header.
   *
   * @param dataBytes what follows the header in the file; the tensors must fill it exactly, without
   *     holes or overlaps
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes) {
    JsonNode root = tree(json);
    Map<String, String> metadata = new LinkedHashMap<>();
    List<TensorEntry> entries = new ArrayList<>();
    root.fields()
        .forEachRemaining(
            field -> {
              if (field.getKey().equals(METADATA)) {
                metadata.putAll(metadata(field.getValue()));
              } else {
                entries.add(entry(field.getKey(), field.getValue()));
              }
            });
    entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparing(TensorEntry::end));
    requireContiguous(entries, dataBytes);
    return new SafetensorsHeader(metadata, List.copyOf(entries));
  }

  private static JsonNode tree(byte[] json) {
    require(json.length > 0 && json[0] == '{', "the header does not start with '{'");
    try {
      JsonNode root = JSON.readTree(json);
      require(root.isObject(), "the header is no JSON object");
      return root;
    } catch (JsonProcessingException e) {
      throw new CheckpointException("the header is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new CheckpointException("the header is not JSON: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> metadata(JsonNode node) {
    require(node.isObject(), "__metadata__ is no object");
    Map<String, String> metadata = new LinkedHashMap<>();
    node.fields()
        .forEachRemaining(
            field -> {
              require(
                  field.getValue().isTextual(),
                  "__metadata__.%s is no string".formatted(field.getKey()));
              metadata.put(field.getKey(), field.getValue().textValue());
            });
    return metadata;
  }

  private static TensorEntry entry(String name, JsonNode node) {
    require(node.isObject(), "the entry of %s is no object".formatted(name));
    JsonNode type = node.path("dtype");
    DataType known =
        DataType.named(type.asText())
            .orElseThrow(
                () -> new CheckpointException("%s has the unknown dtype %s".formatted(name, type)));
    List<Long> shape = integers(name, "shape", node.path("shape"));
    List<Long> offsets = integers(name, "data_offsets", node.path("data_offsets"));
    require(offsets.size() == 2, "%s: data_offsets is not a pair".formatted(name));
    TensorEntry entry = new TensorEntry(name, known, shape, offsets.get(0), offsets.get(1));
    requireSize(entry);
    return entry;
  }

  private static List<Long> integers(String name, String key, JsonNode node) {
    require(node.isArray(), "%s has no list %s".formatted(name, key));
    List<Long> values = new ArrayList<>();
    for (JsonNode value : node) {
      require(
          value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0,
          "%s: %s holds %s".formatted(name, key, value));
      values.add(value.longValue());
    }
    return values;
  }

  private static void requireSize(TensorEntry entry) {
    long bytes;
    try {
      bytes = entry.type().bytes(entry.elements());
    } catch (ArithmeticException e) {
      throw new CheckpointException(
          "%s: the shape %s is too large".formatted(entry.name(), entry.shape()), e);
    }
    require(
        entry.end() >= entry.begin() && entry.end() - entry.begin() == bytes,
        "%s: %s of shape %s takes %d bytes, its offsets are %d to %d"
            .formatted(
                entry.name(), entry.type(), entry.shape(), bytes, entry.begin(), entry.end()));
  }

  private static void requireContiguous(List<TensorEntry> entries, long dataBytes) {
    long expected = 0;
    for (TensorEntry entry : entries) {
      require(
          entry.begin() == expected,
          "%s starts at byte %d where %d is next: a hole or an overlap"
              .formatted(entry.name(), entry.begin(), expected));
      expected = entry.end();
    }
    require(
        expected == dataBytes,
        "the tensors take %d bytes but the file has %d of data".formatted(expected, dataBytes));
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new CheckpointException(fault);
    }
  }

  /** The header's bytes, padded with spaces to a multiple of 8 as the format advises. */
  byte[] bytes() {
    Map<String, Object> root = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      root.put(METADATA, metadata);
    }
    for (TensorEntry entry : entries) {
      Map<String, Object> node = new LinkedHashMap<>();
      node.put("dtype", entry.type().name());
      node.put("shape", entry.shape());
      node.put("data_offsets", List.of(entry.begin(), entry.end()));
      root.put(entry.name(), node);
    }
    try {
      byte[] json = JSON.writeValueAsBytes(root);
      byte[] padded = new byte[(json.length + 7) / 8 * 8];
      java.util.Arrays.fill(padded, (byte) ' ');
      System.arraycopy(json, 0, padded, 0, json.length);
      return padded;
    } catch (JsonProcessingException e) {
      throw new AssertionError("maps of strings and numbers are JSON", e);
    }
  }
}
