package dev.selkie.cuda;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The convolutions of a network, each made and its algorithms chosen when a verb first needs it.
 *
 * <p>Images have fewer channels than tensor cores read at once, and libraries are slow at such a
 * first convolution: where its input is only read, channels of zeros are added.
 */
final class Convolutions implements AutoCloseable {
  /** Tensor cores read so many bytes of channels at once. */
  private static final int READ = 16;

  private final Driver driver;
  private final Precision precision;
  private final List<Known> known = new ArrayList<>();
  private final Map<ConvolutionShape, Driver.Convolution> made = new HashMap<>();

  Convolutions(Driver driver, Precision precision) {
    this.driver = driver;
    this.precision = precision;
  }

  /**
   * A convolution whose pass is ready, with the sizes of what it needs beside its tensors.
   *
   * @param shape with the channels that were added
   * @param weights with the channels that were added
   * @param workspace of the library, in bytes
   * @param input bytes of the input with added channels; 0 where there are none
   * @param weight bytes of the weights, or of their gradient, in the form that the library wants; 0
   *     where it takes them as they are
   */
  record Prepared(
      Driver.Convolution convolution,
      ConvolutionShape shape,
      Shape weights,
      long workspace,
      long input,
      long weight) {
    long scratch() {
      return workspace + input + weight;
    }
  }

  private record Known(
      Shape x, Shape y, ConvGeometry geometry, Map<Driver.Pass, Prepared> passes) {}

  /** Looked up without making anything, once it is known. */
  Prepared at(Tensor x, Tensor y, ConvGeometry geometry, Driver.Pass pass) {
    for (int i = 0; i < known.size(); i++) {
      Known candidate = known.get(i);
      if (candidate.x().equals(x.shape())
          && candidate.y().equals(y.shape())
          && candidate.geometry().equals(geometry)) {
        Prepared prepared = candidate.passes().get(pass);
        return prepared != null ? prepared : prepare(candidate, pass);
      }
    }
    Known first = new Known(x.shape(), y.shape(), geometry, new EnumMap<>(Driver.Pass.class));
    known.add(first);
    return prepare(first, pass);
  }

  private Prepared prepare(Known wanted, Driver.Pass pass) {
    Shape x = wanted.x();
    Shape padded = pass == Driver.Pass.BACKWARD_DATA ? x : padded(x, wanted.geometry());
    ConvolutionShape shape = new ConvolutionShape(padded, wanted.y(), wanted.geometry(), precision);
    Driver.Convolution convolution = made.computeIfAbsent(shape, driver::convolution);
    long[] workspace = new long[1];
    convolution.prepare(pass, bytes -> workspace[0] = bytes);
    boolean asItIs = padded.equals(x) && precision.activations().bits() == 32;
    Prepared prepared =
        new Prepared(
            convolution,
            shape,
            shape.weight(),
            Scratch.align(workspace[0]),
            padded.equals(x) ? 0 : Scratch.align(bytes(padded)),
            asItIs ? 0 : Scratch.align(bytes(shape.weight())));
    wanted.passes().put(pass, prepared);
    return prepared;
  }

  private Shape padded(Shape x, ConvGeometry geometry) {
    int channels = READ * 8 / precision.activations().bits();
    boolean few = x.channels() < channels && geometry.groups() == 1;
    return few ? new Shape(x.batch(), x.height(), x.width(), channels) : x;
  }

  private long bytes(Shape shape) {
    return precision.activations().bytes(shape.elements());
  }

  @Override
  public void close() {
    made.values().forEach(Driver.Convolution::close);
    made.clear();
    known.clear();
  }
}
