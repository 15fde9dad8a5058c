package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was found by timing is found again, and nothing else is taken for it. */
class AlgorithmsTest {
  private static final ConvGeometry POINTWISE = new ConvGeometry(1, 1, 1, 1, 0, 0, 1);

  @TempDir private Path folder;

  private static ConvolutionShape shape(int batch, Precision precision) {
    return new ConvolutionShape(
        new Shape(batch, 56, 56, 64), new Shape(batch, 56, 56, 256), POINTWISE, precision);
  }

  @Test
  void aLaterRunKnowsWhatWasFound() {
    Path file = folder.resolve("algorithms");
    new Algorithms(file).note(shape(8, Precision.BFLOAT16), Driver.Pass.FORWARD, 7);
    Algorithms later = new Algorithms(file);
    assertEquals(Optional.of(7), later.known(shape(8, Precision.BFLOAT16), Driver.Pass.FORWARD));
    assertTrue(later.known(shape(9, Precision.BFLOAT16), Driver.Pass.FORWARD).isEmpty());
    assertTrue(later.known(shape(8, Precision.FLOAT16), Driver.Pass.FORWARD).isEmpty());
    assertTrue(later.known(shape(8, Precision.BFLOAT16), Driver.Pass.BACKWARD_DATA).isEmpty());
  }

  @Test
  void aSpoiltFileIsNoError() throws IOException {
    Path file = folder.resolve("algorithms");
    ConvolutionShape shape = shape(8, Precision.FLOAT32);
    new Algorithms(file).note(shape, Driver.Pass.FORWARD, 7);
    String spoilt = Files.readString(file).replaceAll("=.*", "=one");
    Files.writeString(file, spoilt);
    assertTrue(new Algorithms(file).known(shape, Driver.Pass.FORWARD).isEmpty());
    Files.write(file, new byte[] {'\\', 'u', '1'});
    assertTrue(new Algorithms(file).known(shape, Driver.Pass.FORWARD).isEmpty());
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoError() {
    Algorithms lost = new Algorithms(folder.resolve("missing").resolve("algorithms"));
    ConvolutionShape shape = shape(8, Precision.FLOAT32);
    lost.note(shape, Driver.Pass.FORWARD, 7);
    assertEquals(Optional.of(7), lost.known(shape, Driver.Pass.FORWARD));
  }
}
