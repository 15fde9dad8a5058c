package dev.selkie.training.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the plain files of a tar archive (POSIX.1-1988 ustar): blocks of 512 bytes, a header with
 * the name at 0 and the size in octal at 124, then the content.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE = 156;

  private TarReader() {}

  /** Contents by the last part of their names. */
  static Map<String, byte[]> read(String archive, byte[] tar) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    int at = 0;
    while (at + BLOCK <= tar.length && tar[at] != 0) {
      String path = text(tar, at, NAME);
      int size = size(archive, path, text(tar, at + SIZE, SIZE_LENGTH));
      boolean plain = tar[at + TYPE] == '0' || tar[at + TYPE] == 0;
      at += BLOCK;
      if (size > tar.length - at) {
        throw new DataException("%s ends within %s; fetch it again".formatted(archive, path));
      }
      if (plain) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        files.put(name, Arrays.copyOfRange(tar, at, at + size));
      }
      at += (size + BLOCK - 1) / BLOCK * BLOCK;
    }
    return files;
  }

  private static int size(String archive, String path, String octal) {
    try {
      return octal.isEmpty() ? 0 : Integer.parseUnsignedInt(octal, 8);
    } catch (NumberFormatException e) {
      throw new DataException(
          "%s: the size of %s is '%s'; fetch it again".formatted(archive, path, octal), e);
    }
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.US_ASCII).strip();
  }
}
