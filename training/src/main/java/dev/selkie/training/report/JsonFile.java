package dev.selkie.training.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes reports as JSON. Numbers that are not finite become strings, as JSON has none. */
public final class JsonFile {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonGenerator.Feature.QUOTE_NON_NUMERIC_NUMBERS);

  private JsonFile() {}

  /** A record, map or list. */
  public static void write(Path file, Object report) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Files.writeString(file, JSON.writeValueAsString(report) + System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the JSON file %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
