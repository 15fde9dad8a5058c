package dev.selkie.cuda;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * Which algorithm was fastest for a convolution's pass, kept in a file for each GPU and version of
 * cuDNN: a later run need not time them again, and computes the same sums in the same order.
 */
final class Algorithms {
  private final Path file;
  private final Properties known = new Properties();

  Algorithms(Path file) {
    this.file = file;
    if (Files.isRegularFile(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        known.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        // What cannot be read is found again.
        known.clear();
      }
    }
  }

  static Algorithms of(Path folder, String gpu, long cudnn) {
    String name =
        "convolutions-%s-cudnn%d.properties".formatted(gpu.replaceAll("[^A-Za-z0-9]+", "-"), cudnn);
    return new Algorithms(folder.resolve(name));
  }

  /** The number that cuDNN gives it. */
  Optional<Integer> known(ConvolutionShape shape, Driver.Pass pass) {
    return Optional.ofNullable(known.getProperty(key(shape, pass)))
        .filter(value -> value.matches("\\d{1,4}"))
        .map(Integer::valueOf);
  }

  /** Notes and saves it where it is new; a file that cannot be written is no error. */
  void note(ConvolutionShape shape, Driver.Pass pass, int algorithm) {
    String value = Integer.toString(algorithm);
    if (value.equals(known.setProperty(key(shape, pass), value))) {
      return;
    }
    try {
      Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), "convolutions", ".tmp");
      try (Writer writer = Files.newBufferedWriter(whole)) {
        known.store(writer, null);
      }
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      return;
    }
  }

  private static String key(ConvolutionShape shape, Driver.Pass pass) {
    return (pass + " " + shape).replace(' ', '_');
  }
}
