package dev.selkie.training.checkpoint;

import dev.selkie.training.files.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes safetensors files, whole or not at all. */
final class SafetensorsWriter {
  private SafetensorsWriter() {}

  /** A tensor to write: F32 values or one I64. */
  record Content(String name, DataType type, List<Long> shape, byte[] bytes) {

    static Content floats(String name, List<Long> shape, float[] values) {
      ByteBuffer buffer = littleEndian(Math.multiplyExact(values.length, Float.BYTES));
      buffer.asFloatBuffer().put(values);
      return new Content(name, DataType.F32, shape, buffer.array());
    }

    static Content scalar(String name, long value) {
      return new Content(
          name, DataType.I64, List.of(), littleEndian(Long.BYTES).putLong(value).array());
    }
  }

  /**
   * @throws dev.selkie.training.files.OutputException where the file cannot be written
   */
  static void write(Path file, Map<String, String> metadata, List<Content> contents) {
    OutputFile.write(file, out -> write(out, metadata, contents));
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
