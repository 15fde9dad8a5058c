package dev.selkie.training.checkpoint;

import dev.selkie.training.files.FileReason;
import dev.selkie.training.files.OutputException;
import dev.selkie.training.files.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of checkpoints that belongs to one run while that lasts. */
public final class CheckpointFolder implements AutoCloseable {
  private static final Pattern WEIGHTS =
      Pattern.compile("epoch-(\\d{1,9})(?:-step-(\\d{1,9}))?\\.safetensors");

  private static final Comparator<Checkpoint> AGE =
      Comparator.comparingInt(Checkpoint::epoch).thenComparingInt(Checkpoint::step);

  private final Path folder;
  private final FolderLock lock;

  private CheckpointFolder(Path folder, FolderLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes the folder where there is none, tries to write there, keeps others out, and clears what a
   * run that was killed had not finished.
   *
   * @throws OutputException where nothing can be written there
   * @throws CheckpointException where another run has the folder
   */
  public static CheckpointFolder open(Path folder) {
    OutputFile.probeFolder(folder);
    CheckpointFolder opened = new CheckpointFolder(folder, FolderLock.of(folder));
    opened.clear();
    return opened;
  }

  public Path path() {
    return folder;
  }

  /** All that are there, the newest first. */
  public List<Checkpoint> checkpoints() {
    return list(folder);
  }

  /** Removes all checkpoints but those of the newest epochs. */
  public void keepEpochs(int count) {
    checkpoints().stream().filter(c -> c.step() == 0).skip(count).forEach(CheckpointFolder::remove);
  }

  /** Removes those within an epoch that are older than this one. */
  public void removeStepsBefore(Checkpoint newest) {
    checkpoints().stream()
        .filter(c -> c.step() > 0 && AGE.compare(c, newest) < 0)
        .forEach(CheckpointFolder::remove);
  }

  /** Removes all checkpoints. */
  public void removeAll() {
    checkpoints().forEach(CheckpointFolder::remove);
  }

  @Override
  public void close() {
    lock.close();
  }

  static List<Checkpoint> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .flatMap(file -> named(folder, file.getFileName().toString()).stream())
          .sorted(AGE.reversed())
          .toList();
    } catch (IOException e) {
      throw new CheckpointException("cannot read %s: %s".formatted(folder, FileReason.of(e)), e);
    }
  }

  private static Optional<Checkpoint> named(Path folder, String name) {
    Matcher matcher = WEIGHTS.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int epoch = Integer.parseInt(matcher.group(1));
    Checkpoint checkpoint =
        matcher.group(2) == null
            ? new Checkpoint(folder, epoch)
            : new Checkpoint(folder, epoch - 1, Integer.parseInt(matcher.group(2)));
    // Neither epoch-03 nor epoch-0-step-1 is ours.
    return Optional.of(checkpoint)
        .filter(c -> c.epoch() >= 0 && c.weights().getFileName().toString().equals(name));
  }

  /** The weights first: without them nobody takes the rest for a checkpoint. */
  private static void remove(Checkpoint checkpoint) {
    delete(checkpoint.weights());
    delete(checkpoint.optimizer());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new OutputException("cannot remove %s: %s".formatted(file, FileReason.of(e)), e);
    }
  }

  /** Of one that was not written to its end: what the optimiser remembers, without weights. */
  static void removeRemains(Checkpoint checkpoint) {
    if (!Files.exists(checkpoint.weights())) {
      delete(checkpoint.optimizer());
    }
  }

  private void clear() {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> remains(file.getFileName().toString()))
          .toList()
          .forEach(CheckpointFolder::delete);
    } catch (IOException e) {
      close();
      throw new CheckpointException("cannot read %s: %s".formatted(folder, FileReason.of(e)), e);
    } catch (OutputException e) {
      close();
      throw e;
    }
  }

  private boolean remains(String name) {
    if (name.matches("epoch-.*\\.tmp")) {
      return true;
    }
    String weights = name.replace(".optimizer.safetensors", ".safetensors");
    return !weights.equals(name)
        && named(folder, weights).isPresent()
        && !Files.exists(folder.resolve(weights));
  }
}
