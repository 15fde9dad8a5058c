package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.DeviceTensor.device;
import static dev.selkie.cuda.KernelVerbs.gradient;
import static dev.selkie.cuda.KernelVerbs.value;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** Batch norm and what is merged into its passes. */
interface BatchNormKernels extends KernelVerbs {

  @Override
  default void batchNormMoments(BatchNorm norm, Tensor x) {
    Shape s = x.shape();
    Kernels.batchNormMoments(
        KernelType.of(device(x)).code(),
        address(norm.moments()),
        address(x),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void batchNormStatistics(Epilogue epilogue, int positions) {
    BatchNorm norm = epilogue.norm();
    BatchNorm residual = epilogue.residualNorm();
    boolean normed = residual != null;
    Excitation e = epilogue.excitation();
    boolean gated = e != null;
    Shape moments = norm.moments().shape();
    Kernels.batchNormStatistics(
        address(norm.statistics()),
        address(norm.runningMean()),
        address(norm.runningVariance()),
        address(norm.moments()),
        value(norm.scale()),
        value(norm.shift()),
        normed ? address(residual.statistics()) : 0,
        normed ? address(residual.runningMean()) : 0,
        normed ? address(residual.runningVariance()) : 0,
        normed ? address(residual.moments()) : 0,
        normed ? value(residual.scale()) : 0,
        normed ? value(residual.shift()) : 0,
        gated ? address(e.squeeze()) : 0,
        gated ? address(e.hidden()) : 0,
        gated ? address(e.gate()) : 0,
        gated ? value(e.weight1()) : 0,
        gated ? value(e.bias1()) : 0,
        gated ? value(e.weight2()) : 0,
        gated ? value(e.bias2()) : 0,
        gated ? e.hidden().shape().channels() : 0,
        ExciteKernels.kind(e),
        moments.batch(),
        positions,
        moments.channels(),
        stream());
  }

  @Override
  default void batchNormForward(Tensor out, Tensor x, Epilogue epilogue) {
    apply(out, x, null, epilogue);
  }

  @Override
  default void batchNormAddForward(Tensor out, Tensor x, Tensor residual, Epilogue epilogue) {
    apply(out, x, residual, epilogue);
  }

  private void apply(Tensor out, Tensor x, Tensor residual, Epilogue epilogue) {
    BatchNorm second = epilogue.residualNorm();
    Excitation e = epilogue.excitation();
    Shape s = x.shape();
    Kernels.batchNormForward(
        KernelType.of(device(x)).code(),
        address(out),
        address(epilogue.mask()),
        address(x),
        address(residual),
        address(epilogue.norm().statistics()),
        second == null ? 0 : address(second.statistics()),
        e == null ? 0 : address(e.gate()),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void batchNormBackwardSums(Epilogue epilogue, Tensor dOut, Tensor out, Tensor x) {
    sums(epilogue, dOut, x, null);
  }

  @Override
  default void batchNormAddBackwardSums(
      Epilogue epilogue, Tensor dOut, Tensor out, Tensor x, Tensor residual) {
    sums(epilogue, dOut, x, epilogue.residualNorm() == null ? null : residual);
  }

  private void sums(Epilogue epilogue, Tensor dOut, Tensor x, Tensor residual) {
    Shape s = x.shape();
    Kernels.batchNormBackwardSums(
        KernelType.of(device(x)).code(),
        address(epilogue.norm().sums()),
        residual == null ? 0 : address(epilogue.residualNorm().sums()),
        address(dOut),
        address(epilogue.mask()),
        address(x),
        address(residual),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void batchNormBackwardStatistics(Epilogue epilogue, int positions) {
    BatchNorm norm = epilogue.norm();
    BatchNorm residual = epilogue.residualNorm();
    boolean normed = residual != null;
    Excitation e = epilogue.excitation();
    boolean gated = e != null;
    Shape sums = norm.sums().shape();
    Kernels.batchNormBackwardStatistics(
        gradient(norm.scale()),
        gradient(norm.shift()),
        address(norm.coefficients()),
        address(norm.sums()),
        address(norm.statistics()),
        address(norm.moments()),
        normed ? gradient(residual.scale()) : 0,
        normed ? gradient(residual.shift()) : 0,
        normed ? address(residual.coefficients()) : 0,
        normed ? address(residual.sums()) : 0,
        normed ? address(residual.statistics()) : 0,
        normed ? address(residual.moments()) : 0,
        gated ? gradient(e.weight1()) : 0,
        gated ? gradient(e.bias1()) : 0,
        gated ? gradient(e.weight2()) : 0,
        gated ? gradient(e.bias2()) : 0,
        gated ? address(e.dSqueeze()) : 0,
        gated ? address(e.dGate()) : 0,
        gated ? scratch(ExciteKernels.bytesOfHidden(e)) : 0,
        gated ? address(e.squeeze()) : 0,
        gated ? address(e.hidden()) : 0,
        gated ? address(e.gate()) : 0,
        gated ? value(e.weight1()) : 0,
        gated ? value(e.weight2()) : 0,
        gated ? e.hidden().shape().channels() : 0,
        ExciteKernels.kind(e),
        sums.batch(),
        positions,
        sums.channels(),
        stream());
  }

  @Override
  default void batchNormBackward(Tensor dx, Tensor dOut, Tensor out, Tensor x, Epilogue epilogue) {
    gradients(dx, null, dOut, x, null, epilogue);
  }

  @Override
  default void batchNormAddBackward(
      Tensor dx,
      Tensor dResidual,
      Tensor dOut,
      Tensor out,
      Tensor x,
      Tensor residual,
      Epilogue epilogue) {
    gradients(dx, dResidual, dOut, x, residual, epilogue);
  }

  private void gradients(
      Tensor dx, Tensor dResidual, Tensor dOut, Tensor x, Tensor residual, Epilogue epilogue) {
    BatchNorm second = epilogue.residualNorm();
    boolean normed = second != null;
    Excitation e = epilogue.excitation();
    Shape s = x.shape();
    Kernels.batchNormBackward(
        KernelType.of(device(x)).code(),
        address(dx),
        address(dResidual),
        address(dOut),
        address(epilogue.mask()),
        address(x),
        normed ? address(residual) : 0,
        address(epilogue.norm().statistics()),
        address(epilogue.norm().coefficients()),
        normed ? address(second.statistics()) : 0,
        normed ? address(second.coefficients()) : 0,
        e == null ? 0 : address(e.gate()),
        e == null ? 0 : address(e.dSqueeze()),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }
}
