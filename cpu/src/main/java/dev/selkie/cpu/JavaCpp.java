package dev.selkie.cpu;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Loader;

/** Loads oneDNN through JavaCPP: unpacked by one process at a time, and with a reason if not. */
final class JavaCpp {
  private static final String LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private static boolean tried;
  private static String missing;

  private JavaCpp() {}

  /** JavaCPP refuses pointers once a process is larger than some heaps; arenas are no heap. */
  static void unlimited() {
    if (System.getProperty(LIMIT) == null
        && System.getProperty(LIMIT.toLowerCase(java.util.Locale.ROOT)) == null) {
      System.setProperty(LIMIT, "0");
    }
  }

  /**
   * Why oneDNN does not load, in one sentence with the way out. Asked once: a class whose
   * initialiser failed only says so the second time.
   */
  static synchronized Optional<String> missing() {
    if (!tried) {
      tried = true;
      unlimited();
      missing = load();
    }
    return Optional.ofNullable(missing);
  }

  private static String load() {
    try (Lock lock = Lock.take()) {
      Loader.load(org.bytedeco.dnnl.global.dnnl.class);
      return null;
    } catch (LinkageError | RuntimeException e) {
      return NativeCache.explain(e);
    }
  }

  /**
   * Held while native libraries are unpacked. JavaCPP locks each file that it writes, but not the
   * links that it makes between them. Where there is no place for a lock nothing can be unpacked
   * either, and loading says why.
   */
  private record Lock(FileChannel channel, FileLock held) implements AutoCloseable {
    static Lock take() {
      try {
        Path file = Loader.getCacheDir().toPath().resolve(".selkie.lock");
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        while (true) {
          try {
            return new Lock(channel, channel.lock());
          } catch (OverlappingFileLockException e) {
            // A thread of this process, for another library; tests/../Torch does the same.
            LockSupport.parkNanos(10_000_000);
          }
        }
      } catch (IOException | RuntimeException e) {
        return new Lock(null, null);
      }
    }

    @Override
    public void close() {
      if (channel != null) {
        try (channel) {
          held.release();
        } catch (IOException e) {
          // The system releases it when the process ends.
          return;
        }
      }
    }
  }
}
