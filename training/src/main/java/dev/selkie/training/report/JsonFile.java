package dev.selkie.training.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selkie.training.files.OutputFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes reports as JSON. Numbers that are not finite become strings, as JSON has none. */
public final class JsonFile {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonGenerator.Feature.QUOTE_NON_NUMERIC_NUMBERS);

  private JsonFile() {}

  /**
   * A record, map or list.
   *
   * @throws dev.selkie.training.files.OutputException where the file cannot be written; an older
   *     one is then still there
   */
  public static void write(Path file, Object report) {
    String text = text(report) + System.lineSeparator();
    OutputFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * What a command came to before it ended early, and why it did.
   *
   * @param report a record or map; null where there is nothing but the reason
   * @param key under which the reason stands, such as {@code error}
   * @throws dev.selkie.training.files.OutputException where the file cannot be written
   */
  public static void write(Path file, Object report, String key, String reason) {
    JsonNode tree = JSON.valueToTree(report);
    ObjectNode root = tree.isObject() ? (ObjectNode) tree : JSON.createObjectNode();
    write(file, root.put(key, reason));
  }

  private static String text(Object report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON can be made of " + report.getClass(), e);
    }
  }
}
