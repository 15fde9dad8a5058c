package dev.selkie.peer;

import dev.selkie.training.bench.PeerException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * The one place that loads libtorch; whoever calls it says so in a static initialiser.
 *
 * <p>JavaCPP unpacks a library when it is about to load it, and libtorch.so before libtorch_cpu.so,
 * which it needs from the same folder: from an empty cache the process then crashes. So all of them
 * are unpacked first, by one process at a time.
 */
public final class Torch {
  private static boolean loaded;

  private Torch() {}

  /**
   * Loads libtorch, once.
   *
   * @throws PeerException where it cannot be unpacked or does not load: where, why, and the way out
   */
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    File folder = null;
    try {
      folder = Loader.getCacheDir();
      File lock = new File(folder, ".selkie.lock");
      try (FileChannel channel =
              FileChannel.open(lock.toPath(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = lock(channel)) {
        String resources = "/org/bytedeco/pytorch/" + Loader.getPlatform();
        if (Loader.cacheResources(torch.class, resources).length == 0) {
          throw new IOException("there is no libtorch for %s".formatted(Loader.getPlatform()));
        }
        Loader.load(torch.class);
      }
      loaded = true;
    } catch (IOException | LinkageError | RuntimeException e) {
      throw new PeerException(
          "libtorch does not load from %s (%s); it takes 400 MB there and a file system that is not mounted noexec: name another folder by -Dorg.bytedeco.javacpp.cachedir"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** Another thread of this process may hold it, for another library: that is waited for. */
  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        LockSupport.parkNanos(10_000_000);
      }
    }
  }
}
