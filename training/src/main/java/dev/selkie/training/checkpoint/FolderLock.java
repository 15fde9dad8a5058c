package dev.selkie.training.checkpoint;

import dev.selkie.training.files.FileReason;
import dev.selkie.training.files.OutputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a folder to one run. The system lets go of the lock when the process ends, however it ends;
 * the file stays, empty or with the number of the process.
 */
final class FolderLock implements AutoCloseable {
  private static final String FILE = ".lock";
  private static final int LONGEST = 20;

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws CheckpointException where another run has the folder
   * @throws OutputException where the lock cannot be written
   */
  static FolderLock of(Path folder) {
    Path file = folder.resolve(FILE);
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(folder, channel);
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(own().getBytes(StandardCharsets.US_ASCII)), 0);
      return new FolderLock(channel);
    } catch (OverlappingFileLockException e) {
      throw closing(channel, inUse(folder, channel));
    } catch (CheckpointException e) {
      throw closing(channel, e);
    } catch (IOException e) {
      throw closing(
          channel, new OutputException("cannot lock %s: %s".formatted(file, FileReason.of(e)), e));
    }
  }

  @Override
  public void close() {
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException e) {
      // Whether or not the file could be emptied, the lock goes with the process.
      return;
    }
  }

  private static String own() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static CheckpointException inUse(Path folder, FileChannel channel) {
    ByteBuffer number = ByteBuffer.allocate(LONGEST);
    String owner = "";
    try {
      channel.read(number, 0);
      owner = new String(number.array(), 0, number.position(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      owner = "";
    }
    return new CheckpointException(
        "%s is in use by %s, which keeps its checkpoints there; wait until it is done, or name another folder"
            .formatted(
                folder,
                owner.isEmpty()
                    ? "another process"
                    : owner.equals(own()) ? "another run of this process" : "process " + owner));
  }

  private static <T extends RuntimeException> T closing(FileChannel channel, T failure) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }
}
