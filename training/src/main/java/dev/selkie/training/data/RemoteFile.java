package dev.selkie.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One file of a data set, gzipped at its source.
 *
 * @param name without its {@code .gz}
 * @param sha256 of the content, or of the gzipped file itself
 * @param sumOfContent which of the two: the content's sum holds for copies gzipped by other hands
 * @param size of the content where its sum is known, in bytes: no more is unpacked
 */
record RemoteFile(String name, String sha256, boolean sumOfContent, long size) {

  static RemoteFile content(String name, String sha256, long size) {
    return new RemoteFile(name, sha256, true, size);
  }

  static RemoteFile gzipped(String name, String sha256) {
    return new RemoteFile(name, sha256, false, Long.MAX_VALUE);
  }

  /** The file in the folder, gzipped or not; null where it is absent. */
  static Path in(Path folder, String name) {
    Path gzipped = folder.resolve(name + ".gz");
    Path plain = folder.resolve(name);
    return Files.isRegularFile(gzipped) ? gzipped : Files.isRegularFile(plain) ? plain : null;
  }

  /** What is wrong with the file in the folder, or null. */
  String fault(Path folder) {
    Path file = in(folder, name);
    if (file == null) {
      return "%s has no %s.gz".formatted(folder, name);
    }
    String found;
    try {
      found = sumOfContent ? contentSum(file) : sum(file);
    } catch (DataException e) {
      return e.getMessage();
    }
    return found.equals(sha256)
        ? null
        : "%s has SHA-256 %s, not %s%s"
            .formatted(file, found, sha256, sumOfContent ? " (unpacked)" : "");
  }

  /** The sum of the first bytes, one more than there should be: behind them it differs anyway. */
  private String contentSum(Path file) {
    try (InputStream in = InputFile.content(file)) {
      return sum(in, size + 1);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  private static String sum(Path file) {
    try (InputStream in = InputFile.open(file)) {
      return sum(in, Long.MAX_VALUE);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  private static String sum(InputStream in, long limit) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    long left = limit;
    int read = in.read(buffer);
    while (read >= 0 && left > 0) {
      int taken = (int) Math.min(read, left);
      digest.update(buffer, 0, taken);
      left -= taken;
      read = in.read(buffer);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
