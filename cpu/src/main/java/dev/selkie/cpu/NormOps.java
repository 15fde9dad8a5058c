package dev.selkie.cpu;

import static dev.selkie.cpu.CpuTensor.cpu;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Tensor;

/** The verbs of batch norm and of squeeze-and-excitation, each a pass or two put together. */
abstract class NormOps implements Ops {
  final ChannelAffine affine;
  final Chain chain;
  final ChannelSums sums;
  private final PerSite<ChannelAffine> applications;
  private final PerSite<ChannelSums> gradientSums;
  private final PerSite<Moments> moments;
  final BatchNormStatistics statistics = new BatchNormStatistics();
  private final BatchNormBackwardStatistics backwardStatistics = new BatchNormBackwardStatistics();
  private final PerSite<BatchNormBackward> gradients;
  private final ExcitationForward excitationForward;
  private final ExcitationBackward excitationBackward;
  private final ChannelMaxima maxima;

  NormOps(Lanes lanes) {
    chain = lanes.chain();
    affine = new ChannelAffine(lanes);
    sums = new ChannelSums(lanes);
    applications = new PerSite<>(lanes, ChannelAffine::new);
    gradientSums = new PerSite<>(lanes, ChannelSums::new);
    moments = new PerSite<>(lanes, Moments::new);
    gradients = new PerSite<>(lanes, BatchNormBackward::new);
    excitationForward = new ExcitationForward(lanes);
    excitationBackward = new ExcitationBackward(lanes);
    maxima = new ChannelMaxima(lanes);
  }

  @Override
  public final void batchNormMoments(BatchNorm norm, Tensor x) {
    moments.at(norm.moments()).run(cpu(norm.moments()), cpu(x));
  }

  @Override
  public final void batchNormStatistics(Epilogue epilogue, int positions) {
    chain.settle();
    BatchNorm norm = epilogue.norm();
    statistics.run(norm, positions);
    if (epilogue.residualNorm() != null) {
      statistics.run(epilogue.residualNorm(), positions);
    }
    Excitation excitation = epilogue.excitation();
    if (excitation != null) {
      ExcitationForward.squeeze(
          cpu(excitation.squeeze()), cpu(norm.moments()), cpu(norm.statistics()));
      excitationForward.run(excitation);
    }
  }

  @Override
  public final void batchNormForward(Tensor out, Tensor x, Epilogue epilogue) {
    normalise(out, x, epilogue).chain(activation(epilogue));
  }

  @Override
  public final void batchNormAddForward(Tensor out, Tensor x, Tensor residual, Epilogue epilogue) {
    BatchNorm second = epilogue.residualNorm();
    normalise(out, x, epilogue)
        .residual(cpu(residual), second == null ? null : cpu(second.statistics()))
        .chain(activation(epilogue));
  }

  @Override
  public final void batchNormBackwardSums(Epilogue epilogue, Tensor dOut, Tensor out, Tensor x) {
    CpuTensor masked = epilogue.hasRelu() ? cpu(out) : null;
    CpuTensor line = epilogue.excitation() == null ? cpu(epilogue.norm().statistics()) : null;
    gradientSums
        .at(epilogue.norm().sums())
        .norms(cpu(epilogue.norm().sums()), null, cpu(dOut), masked, cpu(x), null, line);
  }

  @Override
  public final void batchNormAddBackwardSums(
      Epilogue epilogue, Tensor dOut, Tensor out, Tensor x, Tensor residual) {
    CpuTensor masked = epilogue.hasRelu() ? cpu(out) : null;
    BatchNorm second = epilogue.residualNorm();
    gradientSums
        .at(epilogue.norm().sums())
        .norms(
            cpu(epilogue.norm().sums()),
            second == null ? null : cpu(second.sums()),
            cpu(dOut),
            masked,
            cpu(x),
            cpu(residual),
            null);
  }

  @Override
  public final void batchNormBackwardStatistics(Epilogue epilogue, int positions) {
    chain.settle();
    Excitation excitation = epilogue.excitation();
    if (excitation != null) {
      BatchNormBackwardStatistics.gateGradient(epilogue.norm(), excitation);
      excitationBackward.run(excitation);
    }
    backwardStatistics.run(epilogue.norm(), excitation, positions);
    if (epilogue.residualNorm() != null) {
      backwardStatistics.run(epilogue.residualNorm(), null, positions);
    }
  }

  @Override
  public final void batchNormBackward(
      Tensor dx, Tensor dOut, Tensor out, Tensor x, Epilogue epilogue) {
    CpuTensor mask = mask(epilogue, cpu(dOut), cpu(out));
    gradients.at(dx).run(cpu(dx), null, cpu(dOut), mask, cpu(x), null, epilogue);
  }

  @Override
  public final void batchNormAddBackward(
      Tensor dx,
      Tensor dResidual,
      Tensor dOut,
      Tensor out,
      Tensor x,
      Tensor residual,
      Epilogue epilogue) {
    CpuTensor mask = mask(epilogue, cpu(dOut), cpu(out));
    gradients.at(dx).run(cpu(dx), cpu(dResidual), cpu(dOut), mask, cpu(x), cpu(residual), epilogue);
  }

  @Override
  public final void exciteForward(Excitation excitation, Tensor x) {
    if (excitation.squeezesMaximum()) {
      maxima.forward(excitation, cpu(x));
    } else {
      sums.mean(cpu(excitation.squeeze()), cpu(x), 1f / x.shape().positions());
    }
    excitationForward.run(excitation);
  }

  @Override
  public final void scaleForward(Tensor y, Tensor x, Excitation excitation) {
    affine.of(cpu(y), cpu(x)).gate(cpu(excitation.gate())).run(Activation.NONE);
  }

  @Override
  public final void exciteBackward(Excitation excitation, Tensor dy, Tensor x) {
    sums.products(cpu(excitation.dGate()), cpu(dy), cpu(x));
    excitationBackward.run(excitation);
  }

  @Override
  public final void scaleBackward(Tensor dx, Tensor dy, Excitation excitation) {
    affine.of(cpu(dx), cpu(dy)).gate(cpu(excitation.gate()));
    if (excitation.squeezesMaximum()) {
      affine.run(Activation.NONE);
      maxima.backward(cpu(dx), excitation);
    } else {
      affine.offset(cpu(excitation.dSqueeze()), 1f / dy.shape().positions()).run(Activation.NONE);
    }
  }

  @Override
  public final void batchNormInference(Tensor y, Tensor x, BatchNorm norm, Activation activation) {
    normaliseRunning(y, x, norm).run(activation);
  }

  @Override
  public final void batchNormAddInference(
      Tensor y, Tensor x, Tensor residual, BatchNorm norm, Activation activation) {
    normaliseRunning(y, x, norm).residual(cpu(residual), null).run(activation);
  }

  @Override
  public final void scaleInference(
      Tensor y, Tensor x, Excitation excitation, Activation activation) {
    affine.of(cpu(y), cpu(x)).gate(cpu(excitation.gate())).run(activation);
  }

  @Override
  public final void scaleAddInference(
      Tensor y, Tensor x, Tensor residual, Excitation excitation, Activation activation) {
    affine
        .of(cpu(y), cpu(x))
        .gate(cpu(excitation.gate()))
        .residual(cpu(residual), null)
        .run(activation);
  }

  private ChannelAffine normalise(Tensor out, Tensor x, Epilogue epilogue) {
    Excitation excitation = epilogue.excitation();
    return applications
        .at(out)
        .of(cpu(out), cpu(x))
        .norm(cpu(epilogue.norm().statistics()))
        .gate(excitation == null ? null : cpu(excitation.gate()));
  }

  private ChannelAffine normaliseRunning(Tensor y, Tensor x, BatchNorm norm) {
    affine.of(cpu(y), cpu(x));
    Folding.coefficients(affine.norm(), norm, x.shape().channels());
    return affine;
  }

  /** The output that masks dOut; null where none does, or where it is masked already. */
  private CpuTensor mask(Epilogue epilogue, CpuTensor dOut, CpuTensor out) {
    boolean masked = gradientSums.at(epilogue.norm().sums()).takeMasked(dOut);
    return masked || !epilogue.hasRelu() ? null : out;
  }

  private static Activation activation(Epilogue epilogue) {
    return epilogue.hasRelu() ? Activation.RELU : Activation.NONE;
  }
}
