package dev.selkie.training.checkpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes safetensors files: whole beside the target, then moved into its place at once. */
final class SafetensorsWriter {
  private SafetensorsWriter() {}

  /** A tensor to write: F32 values or one I64. */
  record Content(String name, String type, List<Long> shape, byte[] bytes) {

    static Content floats(String name, List<Long> shape, float[] values) {
      ByteBuffer buffer = littleEndian(Math.multiplyExact(values.length, Float.BYTES));
      buffer.asFloatBuffer().put(values);
      return new Content(name, "F32", shape, buffer.array());
    }

    static Content scalar(String name, long value) {
      return new Content(name, "I64", List.of(), littleEndian(Long.BYTES).putLong(value).array());
    }
  }

  static void write(Path file, Map<String, String> metadata, List<Content> contents) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
          write(out, metadata, contents);
        }
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new CheckpointException("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void write(OutputStream out, Map<String, String> metadata, List<Content> contents)
      throws IOException {
    List<TensorEntry> entries = new ArrayList<>();
    long offset = 0;
    for (Content content : contents) {
      long end = offset + content.bytes().length;
      entries.add(new TensorEntry(content.name(), content.type(), content.shape(), offset, end));
      offset = end;
    }
    byte[] header = new SafetensorsHeader(metadata, entries).bytes();
    out.write(littleEndian(Long.BYTES).putLong(header.length).array());
    out.write(header);
    for (Content content : contents) {
      out.write(content.bytes());
    }
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
