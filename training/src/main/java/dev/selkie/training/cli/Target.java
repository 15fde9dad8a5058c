package dev.selkie.training.cli;

import dev.selkie.training.files.OutputException;
import dev.selkie.training.files.OutputFile;
import java.nio.file.Path;

/**
 * Something that a command will write; tried before its work begins.
 *
 * @param option that names it
 * @param path null where it was not asked for
 */
record Target(String option, Path path, boolean folder) {
  static Target file(String option, Path path) {
    return new Target(option, path, false);
  }

  static Target folder(String option, Path path) {
    return new Target(option, path, true);
  }

  /**
   * @throws OutputException where it cannot be written, with the option's name
   */
  void probe() {
    if (path == null) {
      return;
    }
    try {
      if (folder) {
        OutputFile.probeFolder(path);
      } else {
        OutputFile.probe(path);
      }
    } catch (OutputException e) {
      throw new OutputException("%s: %s".formatted(option, e.getMessage()), e);
    }
  }

  /** Whether both would be written over one another. */
  boolean clashes(Target other) {
    return path != null
        && other.path != null
        && !path.toString().startsWith("/dev/")
        && path.toAbsolutePath().normalize().equals(other.path.toAbsolutePath().normalize());
  }
}
