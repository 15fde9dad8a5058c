package dev.selkie.cpu;

import static dev.selkie.cpu.CpuTensor.of;
import static dev.selkie.cpu.CpuTensor.orNull;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Tensor;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/** Every verb, handed to the class that knows it. */
final class CpuOps implements Ops {
  private final ConvolutionForward convolutionForward;
  private final ConvolutionForward convolutionInference;
  private final ConvolutionBackwardData convolutionBackwardData;
  private final ConvolutionBackwardData convolutionBackwardDataAccumulate;
  private final ConvolutionBackwardWeights convolutionBackwardWeights;
  private final BiasBackward biasBackward;
  private final Moments moments;
  private final BatchNormStatistics statistics;
  private final ChannelAffine affine;
  private final ChannelSums sums;
  private final BatchNormBackwardStatistics backwardStatistics;
  private final BatchNormBackward batchNormBackward;
  private final ExcitationForward excitationForward;
  private final ExcitationBackward excitationBackward;
  private final Elementwise elementwise;
  private final Concat concat;
  private final Dropout dropout;
  private final Pools pools;
  private final Broadcast broadcast;
  private final Dense dense;
  private final Loss loss;
  private final Folding folding;
  private final Zero zero;
  private final Optimizers optimizers;
  private long seed;

  CpuOps(Lanes lanes, OneDnn oneDnn) {
    convolutionForward = new ConvolutionForward(oneDnn);
    convolutionInference = new ConvolutionForward(oneDnn);
    convolutionBackwardData = new ConvolutionBackwardData(oneDnn, false);
    convolutionBackwardDataAccumulate = new ConvolutionBackwardData(oneDnn, true);
    convolutionBackwardWeights = new ConvolutionBackwardWeights(oneDnn);
    biasBackward = new BiasBackward(lanes);
    moments = new Moments(lanes);
    statistics = new BatchNormStatistics();
    affine = new ChannelAffine(lanes);
    sums = new ChannelSums(lanes);
    backwardStatistics = new BatchNormBackwardStatistics();
    batchNormBackward = new BatchNormBackward(lanes);
    excitationForward = new ExcitationForward(lanes);
    excitationBackward = new ExcitationBackward(lanes);
    elementwise = new Elementwise(lanes);
    concat = new Concat(lanes);
    dropout = new Dropout(lanes);
    pools = new Pools(oneDnn);
    broadcast = new Broadcast(lanes);
    dense = new Dense(oneDnn);
    loss = new Loss(lanes);
    folding = new Folding(lanes);
    zero = new Zero(lanes);
    optimizers = new Optimizers(lanes);
  }

  @Override
  public void convolutionForward(Tensor y, Tensor x, Parameter weight, ConvGeometry geometry) {
    convolutionForward.run(of(y), of(x), of(weight.value()), null, null, Activation.NONE, geometry);
  }

  @Override
  public void convolutionBiasForward(
      Tensor y, Tensor x, Parameter weight, Parameter bias, ConvGeometry geometry) {
    convolutionForward.run(
        of(y), of(x), of(weight.value()), of(bias.value()), null, Activation.NONE, geometry);
  }

  @Override
  public void convolutionBackwardData(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    convolutionBackwardData.run(of(dx), of(dy), of(weight.value()), geometry);
  }

  @Override
  public void convolutionBackwardDataAccumulate(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    convolutionBackwardDataAccumulate.run(of(dx), of(dy), of(weight.value()), geometry);
  }

  @Override
  public void convolutionBackwardWeights(
      Parameter weight, Tensor x, Tensor dy, ConvGeometry geometry) {
    convolutionBackwardWeights.run(of(weight.gradient()), of(x), of(dy), geometry);
  }

  @Override
  public void biasBackward(Parameter bias, Tensor dy) {
    biasBackward.run(of(bias.gradient()), of(dy));
  }

  @Override
  public void batchNormMoments(BatchNorm norm, Tensor x) {
    moments.run(of(norm.moments()), of(x));
  }

  @Override
  public void batchNormStatistics(Epilogue epilogue, int positions) {
    BatchNorm norm = epilogue.norm();
    statistics.run(norm, positions);
    if (epilogue.residualNorm() != null) {
      statistics.run(epilogue.residualNorm(), positions);
    }
    Excitation excitation = epilogue.excitation();
    if (excitation != null) {
      ExcitationForward.squeeze(
          of(excitation.squeeze()), of(norm.moments()), of(norm.statistics()));
      excitationForward.run(excitation);
    }
  }

  @Override
  public void batchNormForward(Tensor out, Tensor x, Epilogue epilogue) {
    normalise(out, x, epilogue).run(activation(epilogue));
  }

  @Override
  public void batchNormAddForward(Tensor out, Tensor x, Tensor residual, Epilogue epilogue) {
    BatchNorm second = epilogue.residualNorm();
    normalise(out, x, epilogue)
        .residual(of(residual), second == null ? null : of(second.statistics()))
        .run(activation(epilogue));
  }

  @Override
  public void batchNormBackwardSums(Epilogue epilogue, Tensor dOut, Tensor out, Tensor x) {
    CpuTensor masked = epilogue.hasRelu() ? of(out) : null;
    sums.norms(of(epilogue.norm().sums()), null, of(dOut), masked, of(x), null);
  }

  @Override
  public void batchNormAddBackwardSums(
      Epilogue epilogue, Tensor dOut, Tensor out, Tensor x, Tensor residual) {
    CpuTensor masked = epilogue.hasRelu() ? of(out) : null;
    BatchNorm second = epilogue.residualNorm();
    sums.norms(
        of(epilogue.norm().sums()),
        second == null ? null : of(second.sums()),
        of(dOut),
        masked,
        of(x),
        of(residual));
  }

  @Override
  public void batchNormBackwardStatistics(Epilogue epilogue, int positions) {
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
  public void batchNormBackward(Tensor dx, Tensor dOut, Tensor out, Tensor x, Epilogue epilogue) {
    batchNormBackward.run(of(dx), null, of(dOut), of(out), of(x), null, epilogue);
  }

  @Override
  public void batchNormAddBackward(
      Tensor dx,
      Tensor dResidual,
      Tensor dOut,
      Tensor out,
      Tensor x,
      Tensor residual,
      Epilogue epilogue) {
    batchNormBackward.run(of(dx), of(dResidual), of(dOut), of(out), of(x), of(residual), epilogue);
  }

  @Override
  public void exciteForward(Excitation excitation, Tensor x) {
    sums.mean(of(excitation.squeeze()), of(x), 1f / x.shape().positions());
    excitationForward.run(excitation);
  }

  @Override
  public void scaleForward(Tensor y, Tensor x, Excitation excitation) {
    affine.of(of(y), of(x)).gate(of(excitation.gate())).run(Activation.NONE);
  }

  @Override
  public void exciteBackward(Excitation excitation, Tensor dy, Tensor x) {
    sums.products(of(excitation.dGate()), of(dy), of(x));
    excitationBackward.run(excitation);
  }

  @Override
  public void scaleBackward(Tensor dx, Tensor dy, Excitation excitation) {
    affine
        .of(of(dx), of(dy))
        .gate(of(excitation.gate()))
        .offset(of(excitation.dSqueeze()), 1f / dy.shape().positions())
        .run(Activation.NONE);
  }

  @Override
  public void reluForward(Tensor y, Tensor x) {
    elementwise.run("reluForward", Elementwise::relu, of(y), of(x));
  }

  @Override
  public void reluBackward(Tensor dx, Tensor dy, Tensor y) {
    elementwise.run("reluBackward", Kernels::mask, of(dx), of(dy), of(y));
  }

  @Override
  public void sigmoidForward(Tensor y, Tensor x) {
    elementwise.run("sigmoidForward", Elementwise::sigmoid, of(y), of(x));
  }

  @Override
  public void sigmoidBackward(Tensor dx, Tensor dy, Tensor y) {
    elementwise.run("sigmoidBackward", Elementwise::sigmoidGradient, of(dx), of(dy), of(y));
  }

  @Override
  public void addForward(Tensor y, Tensor a, Tensor b) {
    elementwise.run("addForward", Elementwise::add, of(y), of(a), of(b));
  }

  @Override
  public void copy(Tensor y, Tensor x) {
    elementwise.run("copy", Elementwise::copy, of(y), of(x));
  }

  @Override
  public void accumulate(Tensor y, Tensor x) {
    elementwise.run("accumulate", Elementwise::add, of(y), of(y), of(x));
  }

  @Override
  public void multiplyForward(Tensor y, Tensor a, Tensor b) {
    multiply(of(y), of(a), of(b));
  }

  @Override
  public void multiplyBackward(Tensor da, Tensor db, Tensor dy, Tensor a, Tensor b) {
    multiply(of(da), of(dy), of(b));
    if (gates(of(a), of(b))) {
      sums.products(of(db), of(dy), of(a));
    } else {
      multiply(of(db), of(dy), of(a));
    }
  }

  @Override
  public void concatForward(Tensor y, Tensor x, int channel) {
    concat.forward(of(y), of(x), channel);
  }

  @Override
  public void concatBackward(Tensor dx, Tensor dy, int channel) {
    concat.backward(of(dx), of(dy), channel);
  }

  @Override
  public void dropoutForward(Tensor y, Tensor mask, Tensor x, float rate, int layer) {
    dropout.forward(of(y), of(mask), of(x), rate, layer, seed);
  }

  @Override
  public void dropoutBackward(Tensor dx, Tensor dy, Tensor mask, float rate) {
    dropout.backward(of(dx), of(dy), of(mask), rate);
  }

  @Override
  public void maxPoolForward(Tensor y, Tensor winners, Tensor x, PoolGeometry geometry) {
    pools.forward(of(y), of(winners), of(x), algorithm.pooling_max, geometry);
  }

  @Override
  public void maxPoolInference(Tensor y, Tensor x, PoolGeometry geometry) {
    pools.forward(of(y), null, of(x), algorithm.pooling_max, geometry);
  }

  @Override
  public void maxPoolBackward(Tensor dx, Tensor dy, Tensor winners, PoolGeometry geometry) {
    pools.backward(of(dx), of(dy), of(winners), algorithm.pooling_max, geometry);
  }

  @Override
  public void averagePoolForward(Tensor y, Tensor x, PoolGeometry geometry) {
    pools.forward(of(y), null, of(x), Pools.average(geometry), geometry);
  }

  @Override
  public void averagePoolBackward(Tensor dx, Tensor dy, PoolGeometry geometry) {
    pools.backward(of(dx), of(dy), null, Pools.average(geometry), geometry);
  }

  @Override
  public void globalAveragePoolForward(Tensor y, Tensor x) {
    sums.mean(of(y), of(x), 1f / x.shape().positions());
  }

  @Override
  public void globalAveragePoolBackward(Tensor dx, Tensor dy) {
    broadcast.run(of(dx), of(dy), 1f / dx.shape().positions());
  }

  @Override
  public void denseForward(Tensor y, Tensor x, Parameter weight) {
    dense.forward(of(y), of(x), of(weight.value()), null);
  }

  @Override
  public void denseBiasForward(Tensor y, Tensor x, Parameter weight, Parameter bias) {
    dense.forward(of(y), of(x), of(weight.value()), of(bias.value()));
  }

  @Override
  public void denseBackwardData(Tensor dx, Tensor dy, Parameter weight) {
    dense.backwardData(of(dx), of(dy), of(weight.value()));
  }

  @Override
  public void denseBackwardWeights(Parameter weight, Tensor x, Tensor dy) {
    dense.backwardWeights(of(weight.gradient()), of(x), of(dy));
  }

  @Override
  public void softmaxCrossEntropy(
      Tensor losses, Tensor dLogits, Tensor logits, Tensor labels, float smoothing) {
    loss.run(of(losses), of(dLogits), of(logits), of(labels), smoothing);
  }

  @Override
  public void foldBatchNorm(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, BatchNorm norm) {
    folding.run(of(foldedWeight), of(foldedBias), of(weight.value()), null, norm);
  }

  @Override
  public void foldBatchNormBias(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, Parameter bias, BatchNorm norm) {
    folding.run(of(foldedWeight), of(foldedBias), of(weight.value()), of(bias.value()), norm);
  }

  @Override
  public void convolutionInference(
      Tensor y, Tensor x, Tensor weight, Tensor bias, Activation act, ConvGeometry geometry) {
    convolutionInference.run(of(y), of(x), of(weight), orNull(bias), null, act, geometry);
  }

  @Override
  public void convolutionAddInference(
      Tensor y,
      Tensor x,
      Tensor weight,
      Tensor bias,
      Tensor residual,
      Activation activation,
      ConvGeometry geometry) {
    convolutionInference.run(
        of(y), of(x), of(weight), orNull(bias), of(residual), activation, geometry);
  }

  @Override
  public void batchNormInference(Tensor y, Tensor x, BatchNorm norm, Activation activation) {
    normaliseRunning(y, x, norm).run(activation);
  }

  @Override
  public void batchNormAddInference(
      Tensor y, Tensor x, Tensor residual, BatchNorm norm, Activation activation) {
    normaliseRunning(y, x, norm).residual(of(residual), null).run(activation);
  }

  @Override
  public void scaleInference(Tensor y, Tensor x, Excitation excitation, Activation activation) {
    affine.of(of(y), of(x)).gate(of(excitation.gate())).run(activation);
  }

  @Override
  public void scaleAddInference(
      Tensor y, Tensor x, Tensor residual, Excitation excitation, Activation activation) {
    affine
        .of(of(y), of(x))
        .gate(of(excitation.gate()))
        .residual(of(residual), null)
        .run(activation);
  }

  @Override
  public void zero(Tensor y) {
    zero.run(of(y));
  }

  @Override
  public void seed(long value) {
    seed = value;
  }

  @Override
  public void sgd(
      ParameterSpan parameters,
      Tensor velocity,
      float rate,
      float momentum,
      float decay,
      boolean nesterov) {
    optimizers.sgd(parameters, of(velocity), rate, momentum, decay, nesterov);
  }

  @Override
  public void adamW(
      ParameterSpan parameters,
      Tensor mean,
      Tensor square,
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float decay,
      long step) {
    optimizers.adamW(parameters, of(mean), of(square), rate, beta1, beta2, epsilon, decay, step);
  }

  private ChannelAffine normalise(Tensor out, Tensor x, Epilogue epilogue) {
    Excitation excitation = epilogue.excitation();
    return affine
        .of(of(out), of(x))
        .norm(of(epilogue.norm().statistics()))
        .gate(excitation == null ? null : of(excitation.gate()));
  }

  private ChannelAffine normaliseRunning(Tensor y, Tensor x, BatchNorm norm) {
    affine.of(of(y), of(x));
    Folding.coefficients(affine.norm(), norm, x.shape().channels());
    return affine;
  }

  private static Activation activation(Epilogue epilogue) {
    return epilogue.hasRelu() ? Activation.RELU : Activation.NONE;
  }

  /** y = a b, where b may have only one position. */
  private void multiply(CpuTensor y, CpuTensor a, CpuTensor b) {
    if (gates(a, b)) {
      affine.of(y, a).gate(b).run(Activation.NONE);
    } else {
      elementwise.run("multiply", Elementwise::multiply, y, a, b);
    }
  }

  private static boolean gates(CpuTensor a, CpuTensor b) {
    return b.shape().positions() == 1 && a.shape().positions() > 1;
  }
}
