package dev.selkie.cuda;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The convolutions of a network, each made and its algorithms chosen when a verb first needs it.
 */
final class Convolutions implements AutoCloseable {
  private final Driver driver;
  private final Map<Shape, List<Known>> byInput = new HashMap<>();

  Convolutions(Driver driver) {
    this.driver = driver;
  }

  /** A convolution whose pass is ready, and the workspace it needs in bytes. */
  record Prepared(Driver.Convolution convolution, long workspace) {}

  private record Known(
      ConvolutionShape shape, Driver.Convolution convolution, Map<Driver.Pass, Prepared> passes) {}

  /** Looked up without making anything, once it is known. */
  Prepared at(Tensor x, Tensor y, ConvGeometry geometry, Driver.Pass pass) {
    List<Known> candidates = byInput.get(x.shape());
    if (candidates != null) {
      for (int i = 0; i < candidates.size(); i++) {
        Known known = candidates.get(i);
        if (known.shape().y().equals(y.shape()) && known.shape().geometry().equals(geometry)) {
          Prepared prepared = known.passes().get(pass);
          return prepared != null ? prepared : prepare(known, pass);
        }
      }
    }
    ConvolutionShape shape = new ConvolutionShape(x.shape(), y.shape(), geometry);
    Known made = new Known(shape, driver.convolution(shape), new EnumMap<>(Driver.Pass.class));
    byInput.computeIfAbsent(x.shape(), s -> new ArrayList<>()).add(made);
    return prepare(made, pass);
  }

  private static Prepared prepare(Known known, Driver.Pass pass) {
    long[] workspace = new long[1];
    known.convolution().prepare(pass, bytes -> workspace[0] = bytes);
    Prepared prepared = new Prepared(known.convolution(), workspace[0]);
    known.passes().put(pass, prepared);
    return prepared;
  }

  @Override
  public void close() {
    byInput.values().forEach(all -> all.forEach(known -> known.convolution().close()));
    byInput.clear();
  }
}
