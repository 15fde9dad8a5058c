package dev.selkie.training.checkpoint;

import dev.selkie.training.files.FileReason;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A safetensors file open for reading: the header's length as 8 little-endian bytes, the header,
 * the tensors' bytes behind one another.
 */
final class SafetensorsReader implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final SafetensorsHeader header;
  private final long dataStart;

  /**
   * Opens a file and checks its header.
   *
   * @throws CheckpointException where it is missing, another format, or damaged
   */
  SafetensorsReader(Path file) {
    this.file = file;
    if (Files.isDirectory(file)) {
      throw new CheckpointException(
          "%s is a folder; name a file of weights within it".formatted(file));
    }
    try {
      this.channel = FileChannel.open(file);
    } catch (IOException e) {
      throw new CheckpointException("cannot open %s: %s".formatted(file, FileReason.of(e)), e);
    }
    Optional<String> other = Optional.empty();
    try {
      other = otherFormat();
      long length = headerLength();
      this.dataStart = Long.BYTES + length;
      byte[] json = bytes(Long.BYTES, (int) length).array();
      this.header = SafetensorsHeader.parse(json, channel.size() - dataStart);
    } catch (IOException e) {
      close();
      throw damaged(other, FileReason.of(e), e);
    } catch (CheckpointException e) {
      close();
      throw damaged(other, e.getMessage(), e);
    }
  }

  SafetensorsHeader header() {
    return header;
  }

  /** The values of a tensor as float32, none of them NaN or infinite. */
  float[] floats(TensorEntry entry) {
    return floats(entry, -Float.MAX_VALUE);
  }

  /**
   * The values of a tensor as float32.
   *
   * @param least value that is allowed
   * @throws CheckpointException where its type is none of floats, a value is less, not finite or
   *     beyond float32, or the file cannot be read
   */
  float[] floats(TensorEntry entry, float least) {
    DataType type = entry.type();
    if (!type.readable()) {
      throw new CheckpointException(
          "%s: %s is %s; save it as one of %s"
              .formatted(file, entry.name(), type, DataType.readableNames()));
    }
    float[] values = new float[Math.toIntExact(entry.elements())];
    int size = (int) type.bytes(1);
    // Piece by piece, so that a tensor never takes more than its values and one piece.
    for (int done = 0; done < values.length; ) {
      int count = Math.min(CHUNK / size, values.length - done);
      ByteBuffer piece = piece(entry, (long) done * size, count * size);
      for (int i = 0; i < count; i++, done++) {
        values[done] = type.next(piece);
        if (!(values[done] >= least && values[done] <= Float.MAX_VALUE)) {
          throw unusable(entry, done, piece.position(i * size));
        }
      }
    }
    return values;
  }

  /** CRC-32C of all tensors' bytes. */
  String checksum() {
    CRC32C sum = new CRC32C();
    try {
      for (long at = dataStart; at < channel.size(); at += CHUNK) {
        sum.update(bytes(at, (int) Math.min(CHUNK, channel.size() - at)));
      }
    } catch (IOException e) {
      throw new CheckpointException("cannot read %s: %s".formatted(file, FileReason.of(e)), e);
    }
    return Long.toHexString(sum.getValue());
  }

  private ByteBuffer piece(TensorEntry entry, long from, int count) {
    try {
      return bytes(dataStart + entry.begin() + from, count);
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot read %s from %s: %s".formatted(entry.name(), file, FileReason.of(e)), e);
    }
  }

  private CheckpointException unusable(TensorEntry entry, int index, ByteBuffer at) {
    double value = entry.type() == DataType.F64 ? at.getDouble() : entry.type().next(at);
    String fault = Double.isFinite(value) ? ", beyond what it may be" : "";
    return new CheckpointException(
        "%s: %s holds %s%s, at index %s; take weights from before that happened"
            .formatted(file, entry.name(), value, fault, entry.place(index)));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new CheckpointException("cannot close %s".formatted(file), e);
    }
  }

  private Optional<String> otherFormat() throws IOException {
    byte[] start = new byte[(int) Math.min(ForeignFormat.BYTES, channel.size())];
    channel.read(ByteBuffer.wrap(start), 0);
    return ForeignFormat.sentence(file, start);
  }

  private CheckpointException damaged(Optional<String> other, String reason, Exception cause) {
    return new CheckpointException(
        other.orElseGet(() -> "%s is no sound safetensors file: %s".formatted(file, reason)),
        cause);
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
