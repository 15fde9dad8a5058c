package dev.selkie.cuda;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Precision;
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
}
