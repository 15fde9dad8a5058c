package dev.selkie.training.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A safetensors file open for reading: the header's length as 8 little-endian bytes, the header,
 * the tensors' bytes behind one another.
 */
final class SafetensorsReader implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final SafetensorsHeader header;
  private final long dataStart;

  /** Opens a file and checks its header. */
  SafetensorsReader(Path file) {
    this.file = file;
    try {
      this.channel = FileChannel.open(file);
    } catch (IOException e) {
      throw new CheckpointException("cannot open %s".formatted(file), e);
    }
    try {
      long length = headerLength();
      this.dataStart = Long.BYTES + length;
      byte[] json = bytes(Long.BYTES, (int) length).array();
      this.header = SafetensorsHeader.parse(json, channel.size() - dataStart);
    } catch (IOException | CheckpointException e) {
      close();
      throw new CheckpointException(
          "%s is no sound safetensors file: %s".formatted(file, e.getMessage()), e);
    }
  }

  SafetensorsHeader header() {
    return header;
  }

  /** The values of an F32 tensor. */
  float[] floats(TensorEntry entry) {
    if (!entry.type().equals("F32")) {
      throw new CheckpointException(
          "%s: %s is %s; save it as float32 (F32)".formatted(file, entry.name(), entry.type()));
    }
    float[] values = new float[Math.toIntExact(entry.elements())];
    try {
      bytes(dataStart + entry.begin(), Math.multiplyExact(values.length, Float.BYTES))
          .asFloatBuffer()
          .get(values);
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot read %s from %s: %s".formatted(entry.name(), file, e.getMessage()), e);
    }
    return values;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new CheckpointException("cannot close %s".formatted(file), e);
    }
  }

  private long headerLength() throws IOException {
    if (channel.size() < Long.BYTES) {
      throw new CheckpointException("it is shorter than 8 bytes");
    }
    long length = bytes(0, Long.BYTES).getLong();
    if (length < 0 || length > SafetensorsHeader.MAX_BYTES) {
      throw new CheckpointException(
          "its header claims %s bytes; at most %d are allowed"
              .formatted(Long.toUnsignedString(length), SafetensorsHeader.MAX_BYTES));
    }
    if (length > channel.size() - Long.BYTES) {
      throw new CheckpointException("it ends within its header");
    }
    return length;
  }

  private ByteBuffer bytes(long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException("the file ends early");
      }
    }
    return buffer.flip();
  }
}
