package dev.selkie.training.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * Checks what Java's reader of PNG files does not: that each chunk that pixels depend on has its
 * own checksum, and that the last one is there (ISO/IEC 15948).
 */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int TYPE = 4;

  /** Set in the first letter of chunks that a decoder may leave out. */
  private static final int ANCILLARY = 0x20;

  private PngChunks() {}

  /**
   * @throws IOException saying what is wrong with the file
   */
  static void require(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(InputFile.open(file))) {
      in.skipNBytes(SIGNATURE);
      while (!chunk(in).equals("IEND")) {}
    } catch (EOFException e) {
      throw new IOException("it ends too early", e);
    }
  }

  /** Reads one chunk: its length, its type, its data, its checksum. */
  private static String chunk(DataInputStream in) throws IOException {
    long left = in.readInt() & 0xffffffffL;
    byte[] type = new byte[TYPE];
    in.readFully(type);
    CRC32 sum = new CRC32();
    sum.update(type);
    byte[] buffer = new byte[1 << 13];
    while (left > 0) {
      int read = (int) Math.min(left, buffer.length);
      in.readFully(buffer, 0, read);
      sum.update(buffer, 0, read);
      left -= read;
    }
    String name = new String(type, StandardCharsets.US_ASCII);
    boolean right = (in.readInt() & 0xffffffffL) == sum.getValue();
    if (!right && (type[0] & ANCILLARY) == 0) {
      // Damage may have put anything into the name.
      String named = name.matches("[A-Za-z]{4}") ? " " + name : "";
      throw new IOException("the checksum of its chunk%s is wrong".formatted(named));
    }
    return name;
  }
}
