package dev.selkie.bundle;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.X86Options;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/**
 * Files one after the other in one xz stream: each its name, its size and its bytes. Half of what
 * the same jars take, because neither a library of oneDNN's size nor a hundred networks that
 * resemble each other are small when each file is deflated alone.
 */
final class Payload {
  private static final int DICTIONARY = 32 << 20;

  private Payload() {}

  static void pack(List<Path> files, Path target) throws IOException {
    LZMA2Options compression = new LZMA2Options();
    compression.setDictSize(DICTIONARY);
    FilterOptions[] filters = {new X86Options(), compression};
    try (OutputStream file = Files.newOutputStream(target);
        DataOutputStream out = new DataOutputStream(new XZOutputStream(file, filters))) {
      for (Path one : files) {
        out.writeUTF(one.getFileName().toString());
        out.writeLong(Files.size(one));
        Files.copy(one, out);
      }
    }
  }

  /** Into a folder that is there and empty. */
  static void unpack(Path payload, Path folder) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(payload));
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(new XZInputStream(file)))) {
      while (true) {
        in.mark(1);
        if (in.read() < 0) {
          return;
        }
        in.reset();
        copy(in, folder.resolve(Path.of(in.readUTF()).getFileName()));
      }
    }
  }

  private static void copy(DataInputStream in, Path target) throws IOException {
    byte[] piece = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(target)) {
      for (long left = in.readLong(); left > 0; ) {
        int count = in.read(piece, 0, (int) Math.min(piece.length, left));
        if (count < 0) {
          throw new EOFException("ends within " + target.getFileName());
        }
        out.write(piece, 0, count);
        left -= count;
      }
    }
  }
}
