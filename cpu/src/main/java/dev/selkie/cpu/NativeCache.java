package dev.selkie.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/** The folder into which JavaCPP unpacks native libraries, and what can be wrong with it. */
final class NativeCache {
  /** oneDNN and what it needs, unpacked: 100 MB and a little. */
  private static final long NEEDED = 120L << 20;

  private static final String ELSEWHERE =
      "name another by -Dorg.bytedeco.javacpp.cachedir=/a/folder (or in JAVA_TOOL_OPTIONS)";

  private NativeCache() {}

  /** Why oneDNN did not load, in one sentence with the way out. */
  static String explain(Throwable failure) {
    String platform = Loader.getPlatform();
    List<String> absent = absent(platform);
    if (!absent.isEmpty()) {
      return "oneDNN has no native libraries for %s here; add %s to the class path, each also with the classifier %s"
          .formatted(platform, String.join(" and ", absent), platform);
    }
    Path folder;
    try {
      folder = Loader.getCacheDir().toPath().toAbsolutePath();
    } catch (IOException | RuntimeException e) {
      return "oneDNN cannot be unpacked: there is no folder for it, in %s or in %s; %s"
          .formatted(
              System.getProperty("user.home"), System.getProperty("java.io.tmpdir"), ELSEWHERE);
    }
    return explain(folder, reasons(failure));
  }

  static String explain(Path folder, String reasons) {
    if (!Files.isDirectory(folder)) {
      return "oneDNN cannot be unpacked into %s, which is no folder; %s"
          .formatted(folder, ELSEWHERE);
    }
    String unpacking = unwritable(folder);
    if (unpacking != null) {
      return "oneDNN cannot be unpacked into %s: %s; %s".formatted(folder, unpacking, ELSEWHERE);
    }
    if (reasons.contains("failed to map segment") || reasons.contains("Operation not permitted")) {
      return "oneDNN, unpacked into %s, may not run from there: the file system is mounted noexec; %s"
          .formatted(folder, ELSEWHERE);
    }
    if (reasons.contains("too short") || reasons.contains("ELF")) {
      return "oneDNN, unpacked into %s, is damaged there (%s); delete that folder, it is filled again"
          .formatted(folder, reasons);
    }
    return "oneDNN, unpacked into %s, does not load (%s); delete that folder, or %s"
        .formatted(folder, reasons, ELSEWHERE);
  }

  private static String unwritable(Path folder) {
    try {
      Path probe = Files.createTempFile(folder, "selkie", ".tmp");
      try {
        // A full disk has room for names, and for nothing in them.
        Files.write(probe, new byte[1 << 16]);
      } finally {
        Files.delete(probe);
      }
      long left = Files.getFileStore(folder).getUsableSpace();
      return left >= NEEDED
          ? null
          : "only %,d MB are left there, and it takes %,d MB; make room"
              .formatted(left >> 20, NEEDED >> 20);
    } catch (IOException e) {
      return "it cannot be written to (%s)".formatted(e.getMessage());
    }
  }

  private static List<String> absent(String platform) {
    List<String> absent = new ArrayList<>();
    check(absent, "org.bytedeco:javacpp", "/org/bytedeco/javacpp/%s/libjnijavacpp.so", platform);
    check(absent, "org.bytedeco:dnnl", "/org/bytedeco/dnnl/%s/libjnidnnl.so", platform);
    check(absent, "org.bytedeco:opencl", "/org/bytedeco/opencl/%s/libjniOpenCL.so", platform);
    return absent;
  }

  private static void check(List<String> absent, String jar, String resource, String platform) {
    if (Loader.class.getResource(resource.formatted(platform)) == null) {
      absent.add(jar);
    }
  }

  /** All that the failure and its causes say, once each. */
  private static String reasons(Throwable failure) {
    List<String> reasons = new ArrayList<>();
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      if (!reasons.contains(reason)) {
        reasons.add(reason);
      }
    }
    return String.join("; ", reasons);
  }
}
