package dev.selkie.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A package of Debian, downloaded and unpacked without root: apt's own state is left alone, and
 * where its lists are empty, lists of our own are brought up to date.
 */
record DebianSource(String packageName, String aptGet, String dpkgDeb) implements Source {

  DebianSource(String packageName) {
    this(packageName, "apt-get", "dpkg-deb");
  }

  @Override
  public String name() {
    return "Debian's package " + packageName;
  }

  @Override
  public void fetch(List<RemoteFile> files, Path folder) throws IOException, InterruptedException {
    if (!Command.exists(aptGet) || !Command.exists(dpkgDeb)) {
      throw new IOException("there is no apt-get here");
    }
    download(folder);
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    Command.run(folder, dpkgDeb, "-x", archive(folder).toString(), unpacked.toString());
    for (RemoteFile file : files) {
      Path found = find(unpacked, file);
      Files.move(found, folder.resolve(found.getFileName()));
    }
  }

  private void download(Path folder) throws IOException, InterruptedException {
    IOException first;
    try {
      Command.run(folder, aptGet, "download", packageName);
      return;
    } catch (IOException e) {
      first = e;
    }
    try {
      List<String> state = privateState(folder);
      Command.run(folder, aptGet(state, "update"));
      Command.run(folder, aptGet(state, "download", packageName));
    } catch (IOException second) {
      throw new IOException(
          "%s; with fresh package lists: %s; try: apt-get update"
              .formatted(first.getMessage(), second.getMessage()),
          second);
    }
  }

  /** Options that keep apt's lists and cache in the folder. */
  private static List<String> privateState(Path folder) throws IOException {
    Path lists = Files.createDirectories(folder.resolve("apt/lists/partial"));
    Path archives = Files.createDirectories(folder.resolve("apt/cache/archives/partial"));
    return List.of(
        "-o",
        "Dir::State::lists=" + lists.getParent(),
        "-o",
        "Dir::Cache=" + archives.getParent().getParent(),
        "-o",
        "APT::Sandbox::User=");
  }

  private String[] aptGet(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>(List.of(aptGet));
    command.addAll(options);
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  private Path archive(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".deb"))
          .findFirst()
          .orElseThrow(() -> new IOException("apt-get downloaded no file for " + packageName));
    }
  }

  private Path find(Path unpacked, RemoteFile wanted) throws IOException {
    try (Stream<Path> files = Files.walk(unpacked)) {
      return files
          .filter(file -> file.equals(RemoteFile.in(file.getParent(), wanted.name())))
          .findFirst()
          .orElseThrow(() -> new IOException("%s has no %s".formatted(packageName, wanted.name())));
    }
  }
}
