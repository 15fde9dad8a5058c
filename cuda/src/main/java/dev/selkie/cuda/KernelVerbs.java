package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** What every family of verbs launches with. */
interface KernelVerbs extends Ops {
  Precision precision();

  /** Where launches go. */
  long stream();

  /**
   * Memory for one launch to write to and read again; the next launch may use it anew.
   *
   * @param bytes at least so many
   */
  long scratch(long bytes);

  /**
   * Where the 16-bit copy of a float32 weight lies; 0 where none is kept.
   *
   * @param weight its address
   */
  long copy(long weight);

  /** Where {@code struct StepState} lies: seed, rate and loss scale of the step. */
  long state();

  /** The code of the copies' type. */
  default int copyType() {
    return KernelType.of(precision().activations()).code();
  }

  /** The code of an activation's type. */
  static int type(Tensor activation) {
    return KernelType.of(DeviceTensor.device(activation)).code();
  }

  /** Positions of all samples. */
  static long rows(Tensor tensor) {
    return (long) tensor.shape().batch() * tensor.shape().positions();
  }

  /** Where a parameter's values lie; 0 where it is not there. */
  static long value(Parameter parameter) {
    return parameter == null ? 0 : DeviceTensor.address(parameter.value());
  }

  /** Where its gradient lies; 0 where it is not there. */
  static long gradient(Parameter parameter) {
    return parameter == null ? 0 : DeviceTensor.address(parameter.gradient());
  }

  /** An activation verb works on tensors of one shape. */
  static void same(String verb, Tensor one, Tensor other) {
    if (!one.shape().equals(other.shape())) {
      throw new BackendException(
          "%s: %s is %s but %s is %s; they must be alike"
              .formatted(verb, one.name(), one.shape(), other.name(), other.shape()));
    }
  }

  /** Windows change rows and columns alone. */
  static void sameSamplesAndChannels(String verb, Tensor y, Tensor x) {
    if (y.shape().batch() != x.shape().batch() || y.shape().channels() != x.shape().channels()) {
      throw new BackendException(
          "%s: %s is %s but %s is %s; samples and channels must be alike"
              .formatted(verb, y.name(), y.shape(), x.name(), x.shape()));
    }
  }

  /** A tensor has so many values. */
  static void holds(String verb, Tensor tensor, long values) {
    if (tensor.shape().elements() != values) {
      throw new BackendException(
          "%s: %s is %s but must hold %d values"
              .formatted(verb, tensor.name(), tensor.shape(), values));
    }
  }

  /** What belongs to the samples and channels of an activation: (N, 1, rows, C). */
  static void perSample(String verb, Tensor small, Tensor activation, int rows) {
    Shape x = activation.shape();
    Shape s = small.shape();
    // Number by number: a step leaves nothing on the heap.
    if (s.batch() != x.batch()
        || s.height() != 1
        || s.width() != rows
        || s.channels() != x.channels()) {
      throw new BackendException(
          "%s: %s is %s but %s needs %s"
              .formatted(
                  verb,
                  small.name(),
                  s,
                  activation.name(),
                  new Shape(x.batch(), 1, rows, x.channels())));
    }
  }
}
