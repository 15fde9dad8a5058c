package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.DeviceTensor.device;
import static dev.selkie.cuda.KernelVerbs.gradient;
import static dev.selkie.cuda.KernelVerbs.value;

import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Squeeze-and-excitation where it stands alone. */
interface ExciteKernels extends KernelVerbs {
  @Override
  default void exciteForward(Excitation e, Tensor x) {
    Shape s = x.shape();
    Kernels.exciteForward(
        KernelType.of(device(x)).code(),
        address(e.squeeze()),
        address(e.hidden()),
        address(e.gate()),
        address(e.winners()),
        address(x),
        value(e.weight1()),
        value(e.bias1()),
        value(e.weight2()),
        value(e.bias2()),
        e.hidden().shape().channels(),
        kind(e),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void scaleForward(Tensor y, Tensor x, Excitation e) {
    Shape s = x.shape();
    LayerNatives.scaleForward(
        KernelType.of(device(x)).code(),
        address(y),
        address(x),
        address(e.gate()),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void scaleBackward(Tensor dx, Tensor dy, Excitation e) {
    Shape s = dx.shape();
    LayerNatives.scaleBackward(
        KernelType.of(device(dx)).code(),
        address(dx),
        address(dy),
        address(e.gate()),
        address(e.dSqueeze()),
        address(e.winners()),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void exciteBackward(Excitation e, Tensor dy, Tensor x) {
    Shape s = x.shape();
    Kernels.exciteBackward(
        KernelType.of(device(x)).code(),
        gradient(e.weight1()),
        gradient(e.bias1()),
        gradient(e.weight2()),
        gradient(e.bias2()),
        address(e.dSqueeze()),
        address(e.dGate()),
        scratch(bytesOfHidden(e)),
        address(dy),
        address(x),
        address(e.squeeze()),
        address(e.hidden()),
        address(e.gate()),
        value(e.weight1()),
        value(e.weight2()),
        e.hidden().shape().channels(),
        kind(e),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  /** The function behind the second layer, as {@code enum class Gate} numbers it. */
  static int kind(Excitation excitation) {
    return excitation == null ? 0 : excitation.function().ordinal();
  }

  /** Room for the gradient of the hidden layer. */
  static long bytesOfHidden(Excitation excitation) {
    return excitation.hidden().element().bytes(excitation.hidden().shape().elements());
  }
}
