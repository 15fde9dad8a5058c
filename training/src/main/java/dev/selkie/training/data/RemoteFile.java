package dev.selkie.training.data;

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
 */
record RemoteFile(String name, String sha256, boolean sumOfContent) {

  static RemoteFile content(String name, String sha256) {
    return new RemoteFile(name, sha256, true);
  }

  static RemoteFile gzipped(String name, String sha256) {
    return new RemoteFile(name, sha256, false);
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
    String found = sha256(sumOfContent ? WholeFile.content(file) : WholeFile.bytes(file));
    return found.equals(sha256)
        ? null
        : "%s has SHA-256 %s, not %s%s"
            .formatted(file, found, sha256, sumOfContent ? " (unpacked)" : "");
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
