package dev.selkie.cpu;

import static dev.selkie.cpu.CpuTensor.cpu;
import static dev.selkie.cpu.CpuTensor.orNull;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Tensor;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/**
 * Every verb, handed to the class that knows it; those of norms, excitations and branches are
 * above.
 */
final class CpuOps extends SelectOps {
  private final ConvolutionForward convolutionForward;
  private final ConvolutionForward convolutionInference;
  private final ConvolutionBackwardData convolutionBackwardData;
  private final ConvolutionBackwardData convolutionBackwardDataAccumulate;
  private final ConvolutionBackwardWeights convolutionBackwardWeights;
  private final WinogradVerbs winograd;
  private final BiasBackward biasBackward;
  private final Dropout dropout;
  private final Pools pools;
  private final Broadcast broadcast;
  private final Dense dense;
  private final Loss loss;
  private final Folding folding;
  private final Zero zero;
  private final Optimizers optimizers;

  CpuOps(Lanes lanes, OneDnn oneDnn) {
    super(lanes);
    convolutionForward = new ConvolutionForward(oneDnn);
    convolutionInference = new ConvolutionForward(oneDnn);
    convolutionBackwardData = new ConvolutionBackwardData(oneDnn, false);
    convolutionBackwardDataAccumulate = new ConvolutionBackwardData(oneDnn, true);
    convolutionBackwardWeights = new ConvolutionBackwardWeights(oneDnn);
    winograd = new WinogradVerbs(oneDnn);
    biasBackward = new BiasBackward(lanes);
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
    if (!winograd.forward(cpu(y), cpu(x), cpu(weight.value()), geometry)) {
      convolutionForward.run(
          cpu(y), cpu(x), cpu(weight.value()), null, null, Activation.NONE, geometry);
    }
  }

  @Override
  public void convolutionBiasForward(
      Tensor y, Tensor x, Parameter weight, Parameter bias, ConvGeometry geometry) {
    convolutionForward.run(
        cpu(y), cpu(x), cpu(weight.value()), cpu(bias.value()), null, Activation.NONE, geometry);
  }

  @Override
  public void convolutionBackwardData(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    if (!winograd.backwardData(cpu(dx), cpu(dy), cpu(weight.value()), geometry, false)) {
      convolutionBackwardData.run(cpu(dx), cpu(dy), cpu(weight.value()), geometry);
    }
  }

  @Override
  public void convolutionBackwardDataAccumulate(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    if (!winograd.backwardData(cpu(dx), cpu(dy), cpu(weight.value()), geometry, true)) {
      convolutionBackwardDataAccumulate.run(cpu(dx), cpu(dy), cpu(weight.value()), geometry);
    }
  }

  @Override
  public void convolutionBackwardWeights(
      Parameter weight, Tensor x, Tensor dy, ConvGeometry geometry) {
    if (!winograd.backwardWeights(cpu(weight.gradient()), cpu(x), cpu(dy), geometry)) {
      convolutionBackwardWeights.run(cpu(weight.gradient()), cpu(x), cpu(dy), geometry);
    }
  }

  @Override
  public void biasBackward(Parameter bias, Tensor dy) {
    biasBackward.run(cpu(bias.gradient()), cpu(dy));
  }

  @Override
  public void reluForward(Tensor y, Tensor x) {
    elementwise.run(Elementwise::relu, cpu(y), cpu(x));
  }

  @Override
  public void reluBackward(Tensor dx, Tensor dy, Tensor y) {
    elementwise.run(Kernels::mask, cpu(dx), cpu(dy), cpu(y));
  }

  @Override
  public void sigmoidForward(Tensor y, Tensor x) {
    elementwise.run(Elementwise::sigmoid, cpu(y), cpu(x));
  }

  @Override
  public void sigmoidBackward(Tensor dx, Tensor dy, Tensor y) {
    elementwise.run(Elementwise::sigmoidGradient, cpu(dx), cpu(dy), cpu(y));
  }

  @Override
  public void addForward(Tensor y, Tensor a, Tensor b) {
    elementwise.run(Elementwise::add, cpu(y), cpu(a), cpu(b));
  }

  @Override
  public void copy(Tensor y, Tensor x) {
    elementwise.run(Elementwise::copy, cpu(y), cpu(x));
  }

  @Override
  public void accumulate(Tensor y, Tensor x) {
    elementwise.run(Elementwise::add, cpu(y), cpu(y), cpu(x));
  }

  @Override
  public void multiplyForward(Tensor y, Tensor a, Tensor b) {
    multiply(cpu(y), cpu(a), cpu(b));
  }

  @Override
  public void multiplyBackward(Tensor da, Tensor db, Tensor dy, Tensor a, Tensor b) {
    multiply(cpu(da), cpu(dy), cpu(b));
    if (gates(cpu(a), cpu(b))) {
      sums.products(cpu(db), cpu(dy), cpu(a));
    } else {
      multiply(cpu(db), cpu(dy), cpu(a));
    }
  }

  @Override
  public void dropoutForward(Tensor y, Tensor mask, Tensor x, float rate, int layer) {
    dropout.forward(cpu(y), cpu(mask), cpu(x), rate, layer, seed);
  }

  @Override
  public void dropoutBackward(Tensor dx, Tensor dy, Tensor mask, float rate) {
    dropout.backward(cpu(dx), cpu(dy), cpu(mask), rate);
  }

  @Override
  public void maxPoolForward(Tensor y, Tensor winners, Tensor x, PoolGeometry geometry) {
    pools.forward(cpu(y), cpu(winners), cpu(x), algorithm.pooling_max, geometry);
  }

  @Override
  public void maxPoolInference(Tensor y, Tensor x, PoolGeometry geometry) {
    pools.forward(cpu(y), null, cpu(x), algorithm.pooling_max, geometry);
  }

  @Override
  public void maxPoolBackward(Tensor dx, Tensor dy, Tensor winners, PoolGeometry geometry) {
    pools.backward(cpu(dx), cpu(dy), cpu(winners), algorithm.pooling_max, geometry);
  }

  @Override
  public void averagePoolForward(Tensor y, Tensor x, PoolGeometry geometry) {
    pools.forward(cpu(y), null, cpu(x), Pools.average(geometry), geometry);
  }

  @Override
  public void averagePoolBackward(Tensor dx, Tensor dy, PoolGeometry geometry) {
    pools.backward(cpu(dx), cpu(dy), null, Pools.average(geometry), geometry);
  }

  @Override
  public void globalAveragePoolForward(Tensor y, Tensor x) {
    sums.mean(cpu(y), cpu(x), 1f / x.shape().positions());
  }

  @Override
  public void globalAveragePoolBackward(Tensor dx, Tensor dy) {
    broadcast.run(cpu(dx), cpu(dy), 1f / dx.shape().positions());
  }

  @Override
  public void denseForward(Tensor y, Tensor x, Parameter weight) {
    dense.forward(cpu(y), cpu(x), cpu(weight.value()), null);
  }

  @Override
  public void denseBiasForward(Tensor y, Tensor x, Parameter weight, Parameter bias) {
    dense.forward(cpu(y), cpu(x), cpu(weight.value()), cpu(bias.value()));
  }

  @Override
  public void denseBackwardData(Tensor dx, Tensor dy, Parameter weight) {
    dense.backwardData(cpu(dx), cpu(dy), cpu(weight.value()));
  }

  @Override
  public void denseBackwardWeights(Parameter weight, Tensor x, Tensor dy) {
    dense.backwardWeights(cpu(weight.gradient()), cpu(x), cpu(dy));
  }

  @Override
  public void softmaxCrossEntropy(
      Tensor losses, Tensor dLogits, Tensor logits, Tensor labels, float smoothing) {
    loss.run(cpu(losses), cpu(dLogits), cpu(logits), cpu(labels), smoothing);
  }

  @Override
  public void foldBatchNorm(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, BatchNorm norm) {
    folding.run(cpu(foldedWeight), cpu(foldedBias), cpu(weight.value()), null, norm);
  }

  @Override
  public void foldBatchNormBias(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, Parameter bias, BatchNorm norm) {
    folding.run(cpu(foldedWeight), cpu(foldedBias), cpu(weight.value()), cpu(bias.value()), norm);
  }

  @Override
  public void convolutionInference(
      Tensor y, Tensor x, Tensor weight, Tensor bias, Activation act, ConvGeometry geometry) {
    convolutionInference.run(cpu(y), cpu(x), cpu(weight), orNull(bias), null, act, geometry);
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
        cpu(y), cpu(x), cpu(weight), orNull(bias), cpu(residual), activation, geometry);
  }

  @Override
  public void zero(Tensor y) {
    zero.run(cpu(y));
  }

  @Override
  public void learningRate(float rate, long step) {
    optimizers.learningRate(rate, step);
  }

  /** The loss is not scaled: no gradient can have grown too large for its type. */
  @Override
  public void beginUpdate(List<ParameterSpan> spans) {}

  @Override
  public void endUpdate() {}

  @Override
  public void sgd(
      ParameterSpan parameters, Tensor velocity, float momentum, float decay, boolean nesterov) {
    optimizers.sgd(parameters, cpu(velocity), momentum, decay, nesterov);
  }

  @Override
  public void adamW(
      ParameterSpan parameters,
      Tensor mean,
      Tensor square,
      float beta1,
      float beta2,
      float epsilon,
      float decay) {
    optimizers.adamW(parameters, cpu(mean), cpu(square), beta1, beta2, epsilon, decay);
  }

  /** y = a b, where b may have only one position. */
  private void multiply(CpuTensor y, CpuTensor a, CpuTensor b) {
    if (gates(a, b)) {
      affine.of(y, a).gate(b).run(Activation.NONE);
    } else {
      elementwise.run(Elementwise::multiply, y, a, b);
    }
  }

  private static boolean gates(CpuTensor a, CpuTensor b) {
    return b.shape().positions() == 1 && a.shape().positions() > 1;
  }
}
