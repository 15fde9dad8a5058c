package dev.selkie.cuda;

import dev.selkie.runtime.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's driver in the kernel. Its file is there where the driver has found a GPU, in containers
 * too.
 */
record NvidiaDriverVersion(Path file) {
  /** Such as {@code Kernel Module for x86_64 580.65.06}, or without the architecture. */
  private static final Pattern VERSION =
      Pattern.compile("Kernel Module.*?\\s(\\d+)\\.(\\d[.\\d]*)");

  static NvidiaDriverVersion ofThisMachine() {
    return new NvidiaDriverVersion(Path.of("/proc/driver/nvidia/version"));
  }

  boolean loaded() {
    return Files.exists(file);
  }

  /** Whether the driver is as new as what runs on it asks for; nothing where there is no driver. */
  Optional<Finding> finding(int wanted) {
    if (!loaded()) {
      return Optional.empty();
    }
    String what = "NVIDIA driver's version";
    String least = wanted + " or newer";
    Matcher version = VERSION.matcher(text());
    if (!version.find()) {
      return Optional.of(Finding.good(what, least, "not written in " + file));
    }
    String found = version.group(1) + "." + version.group(2);
    return Optional.of(
        Integer.parseInt(version.group(1)) >= wanted
            ? Finding.good(what, least, found)
            : Finding.bad(what, least, found, "install NVIDIA's driver %s".formatted(least)));
  }

  private String text() {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
