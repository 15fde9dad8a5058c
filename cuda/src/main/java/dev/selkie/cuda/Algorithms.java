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

  static Algorithms of(String gpu, long cudnn) {
    String name =
        "convolutions-%s-cudnn%d.properties".formatted(gpu.replaceAll("[^A-Za-z0-9]+", "-"), cudnn);
    return new Algorithms(NativeResources.folder().path().resolve(name));
  }

  /**
   * What cuDNN is to do.
   *
   * @param math what products are made with
   */
  record Choice(int algorithm, int math) {}

  Optional<Choice> known(ConvolutionShape shape, Driver.Pass pass) {
    String value = known.getProperty(key(shape, pass), "");
    if (!value.matches("\\d{1,4} \\d{1,4}")) {
      return Optional.empty();
    }
    String[] numbers = value.split(" ");
    return Optional.of(new Choice(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
  }

  /** Notes and saves it where it is new; a file that cannot be written is no error. */
  void note(ConvolutionShape shape, Driver.Pass pass, Choice choice) {
    String value = choice.algorithm() + " " + choice.math();
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
