package dev.selkie.runtime.check;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Tensor;

/**
 * Batch norm and what is merged into its passes: activations of one shape, and all that is small.
 */
interface BatchNormRules extends Ops {
  @Override
  default void batchNormMoments(BatchNorm norm, Tensor x) {
    Require.activations(x);
    NormShapes.norm(norm, x.shape().batch(), x.shape().channels());
    Require.apart(norm.moments(), x);
  }

  @Override
  default void batchNormStatistics(Epilogue epilogue, int positions) {
    NormShapes.epilogue(epilogue, positions);
  }

  @Override
  default void batchNormForward(Tensor out, Tensor x, Epilogue epilogue) {
    alone(epilogue);
    Require.same(x, out);
    NormShapes.epilogue(epilogue, x);
    Require.apart(out, x);
    maskApart(epilogue, out, x);
  }

  @Override
  default void batchNormAddForward(Tensor out, Tensor x, Tensor residual, Epilogue epilogue) {
    adding(epilogue);
    Require.same(x, out, residual);
    NormShapes.epilogue(epilogue, x);
    Require.apart(out, x, residual);
    maskApart(epilogue, out, x, residual);
  }

  @Override
  default void batchNormBackwardSums(Epilogue epilogue, Tensor dOut, Tensor out, Tensor x) {
    alone(epilogue);
    Require.same(x, dOut, out);
    NormShapes.epilogue(epilogue, x);
    Require.apart(dOut, x);
    readsApart(dOut, epilogue, out, null);
    maskApart(epilogue, dOut);
  }

  @Override
  default void batchNormAddBackwardSums(
      Epilogue epilogue, Tensor dOut, Tensor out, Tensor x, Tensor residual) {
    adding(epilogue);
    Require.same(x, dOut, out, residual);
    NormShapes.epilogue(epilogue, x);
    Require.apart(dOut, x);
    readsApart(dOut, epilogue, out, residual);
    maskApart(epilogue, dOut);
  }

  @Override
  default void batchNormBackwardStatistics(Epilogue epilogue, int positions) {
    NormShapes.epilogue(epilogue, positions);
  }

  @Override
  default void batchNormBackward(Tensor dx, Tensor dOut, Tensor out, Tensor x, Epilogue epilogue) {
    alone(epilogue);
    Require.same(x, dx, dOut, out);
    NormShapes.epilogue(epilogue, x);
    Require.inPlaceOrApart(dx, dOut);
    Require.apart(dx, x);
    readsApart(dx, epilogue, out, null);
    maskApart(epilogue, dx);
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
    adding(epilogue);
    Require.same(x, dx, dResidual, dOut, out, residual);
    NormShapes.epilogue(epilogue, x);
    Require.inPlaceOrApart(dx, dOut);
    Require.apart(dx, dResidual, x);
    Require.apart(dResidual, dOut, x);
    readsApart(dx, epilogue, out, residual);
    readsApart(dResidual, epilogue, out, residual);
    maskApart(epilogue, dx, dResidual);
  }

  private static void alone(Epilogue epilogue) {
    Require.that(
        !epilogue.residual(), "the epilogue adds a residual; call the verb that takes one");
  }

  private static void adding(Epilogue epilogue) {
    Require.that(
        epilogue.residual(), "the epilogue adds no residual; call the verb that takes none");
  }

  /** The output is read for its ReLU's sake, the residual for its norm's. */
  private static void readsApart(Tensor written, Epilogue epilogue, Tensor out, Tensor residual) {
    if (epilogue.hasRelu()) {
      Require.apart(written, out);
    }
    if (epilogue.residualNorm() != null) {
      Require.apart(written, residual);
    }
  }

  private static void maskApart(Epilogue epilogue, Tensor... others) {
    if (epilogue.hasRelu()) {
      Require.apart(epilogue.mask(), others);
    }
  }
}
