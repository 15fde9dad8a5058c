package dev.selkie.training.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes a file whole beside its target, has the disk keep it, and moves it into place at once: a
 * reader sees the old content or the new. What is no regular file, such as {@code /dev/stdout}, is
 * written as it is. Files have the mode that the umask leaves. Safe from several threads.
 */
public final class OutputFile {
  /** What a file that is not whole yet ends with. */
  public static final String TEMPORARY = ".tmp";

  private static final ReentrantLock WRITING = new ReentrantLock();
  private static final AtomicLong COUNT = new AtomicLong();

  /** Writes a file's bytes. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private OutputFile() {}

  /**
   * @throws OutputException where the file cannot be written; an older one is still there
   */
  public static void write(Path file, Content content) {
    WRITING.lock();
    try {
      if (special(file)) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
          content.writeTo(out);
        }
      } else {
        replace(target(file), content);
      }
    } catch (IOException e) {
      throw failure(file, e);
    } finally {
      WRITING.unlock();
    }
  }

  /**
   * Finds out whether a file could be written, without touching one that is there. Makes its folder
   * where there is none.
   *
   * @throws OutputException where it could not
   */
  public static void probe(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new OutputException(
            "cannot write %s: it is a folder; name a file within it".formatted(file));
      }
      if (Files.exists(file) && !Files.isWritable(file)) {
        throw new OutputException("cannot write %s: it is write-protected".formatted(file));
      }
      if (!special(file)) {
        Path target = target(file);
        Files.createDirectories(target.getParent());
        Path temporary = temporary(target);
        Files.createFile(temporary);
        Files.delete(temporary);
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /**
   * Makes a folder where there is none, and finds out whether files can be written there.
   *
   * @throws OutputException where they cannot
   */
  public static void probeFolder(Path folder) {
    try {
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new OutputException(
            "cannot write into %s: it is not a folder; name another".formatted(folder));
      }
      Files.createDirectories(folder);
      Path temporary = temporary(folder.resolve("probe"));
      Files.createFile(temporary);
      Files.delete(temporary);
    } catch (NoSuchFileException e) {
      // Only where a system makes none, such as below /proc.
      throw new OutputException("cannot make the folder %s; name another".formatted(folder), e);
    } catch (IOException e) {
      throw new OutputException("cannot write into %s: %s".formatted(folder, FileReason.of(e)), e);
    }
  }

  /** Runs something between whose files nothing may come: see {@link #pause}. */
  public static void together(Runnable writes) {
    WRITING.lock();
    try {
      writes.run();
    } finally {
      WRITING.unlock();
    }
  }

  /**
   * Waits until what is being written is whole; from then on only the calling thread writes. For
   * the end of the process.
   */
  public static void pause(Duration limit) {
    try {
      if (!WRITING.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void replace(Path target, Content content) throws IOException {
    Files.createDirectories(target.getParent());
    Path temporary = temporary(target);
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      if (special(target)) {
        // A device or a pipe that has come there meanwhile: as root one could replace even that.
        throw new FileSystemException(target.toString(), null, "it is no regular file");
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      keep(target.getParent());
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Has the disk keep a folder's entries; where a system cannot, a crash may lose the last. */
  private static void keep(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file is whole and in its place; only a power failure could still undo that.
      return;
    }
  }

  private static boolean special(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file);
  }

  /** Behind symbolic links, so that a link stays one. */
  private static Path target(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private static Path temporary(Path target) {
    return target.resolveSibling(
        "%s.%d-%d%s"
            .formatted(
                target.getFileName(),
                ProcessHandle.current().pid(),
                COUNT.incrementAndGet(),
                TEMPORARY));
  }

  private static OutputException failure(Path file, IOException e) {
    String reason =
        e instanceof NoSuchFileException
            ? "its folder cannot be made, or is gone"
            : FileReason.of(e);
    return new OutputException("cannot write %s: %s".formatted(file, reason), e);
  }
}
