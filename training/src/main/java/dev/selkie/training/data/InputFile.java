package dev.selkie.training.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file of the user's or of the cache's, read piece by piece; the caller closes what it opens. */
final class InputFile {
  /** No more bytes come out of one byte of deflated data (zlib's technical details). */
  private static final long LARGEST_RATIO = 1032;

  private static final int BUFFER = 1 << 16;

  private InputFile() {}

  /**
   * @throws DataException where the file does not exist, is not a plain file, may not be read, or
   *     is empty
   */
  static void require(Path file) {
    if (Files.isDirectory(file)) {
      throw new DataException("%s is a folder, not a file".formatted(file));
    }
    if (!Files.exists(file)) {
      throw new DataException("there is no file %s".formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          "%s is a device, pipe or socket; copy its content into a plain file".formatted(file));
    }
    if (!Files.isReadable(file)) {
      throw new DataException("%s may not be read: permission denied".formatted(file));
    }
    if (size(file) == 0) {
      throw new DataException("%s is empty".formatted(file));
    }
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The bytes as they lie on the disk. */
  static InputStream open(Path file) throws IOException {
    require(file);
    return new BufferedInputStream(Files.newInputStream(file), BUFFER);
  }

  /** The content: unpacked where the file starts as gzip does. */
  static InputStream content(Path file) throws IOException {
    InputStream in = open(file);
    try {
      return gzipped(in) ? new GZIPInputStream(in, BUFFER) : in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Whether the file could hold that many bytes of content, going by its size on the disk. */
  static boolean mayHold(Path file, long bytes) {
    try (InputStream in = open(file)) {
      long size = size(file);
      return bytes <= (gzipped(in) ? Math.multiplyExact(size, LARGEST_RATIO) : size);
    } catch (ArithmeticException e) {
      return true;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static boolean gzipped(InputStream in) throws IOException {
    in.mark(2);
    boolean gzipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzipped;
  }

  static DataException unreadable(Path file, IOException e) {
    return new DataException(
        "cannot read %s: %s; fetch it again".formatted(file, IoReason.of(e)), e);
  }
}
