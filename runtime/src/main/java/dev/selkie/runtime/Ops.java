package dev.selkie.runtime;

import dev.selkie.annotation.Activation;

/**
 * Every verb that generated code may call; the only list of them. A backend implements it.
 *
 * <p>Arguments run outputs, inputs, geometry; N samples, P positions, C channels. <b>Parameter
 * gradients accumulate, activation gradients overwrite</b>, except in a verb that says Accumulate.
 * Gradients are named by a d. Outputs never overlap inputs unless a verb allows it.
 */
public interface Ops {

  // ---- convolution ------------------------------------------------------------------------------

  /** y = weight * x. */
  void convolutionForward(Tensor y, Tensor x, Parameter weight, ConvGeometry geometry);

  /** y = weight * x + bias. */
  void convolutionBiasForward(
      Tensor y, Tensor x, Parameter weight, Parameter bias, ConvGeometry geometry);

  /** dx from dy. */
  void convolutionBackwardData(Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry);

  /** Adds to dx, for an input that something else reads too. */
  void convolutionBackwardDataAccumulate(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry);

  /** Adds to the weight's gradient. */
  void convolutionBackwardWeights(Parameter weight, Tensor x, Tensor dy, ConvGeometry geometry);

  /** Adds the sum of dy over samples and positions to the bias's gradient. */
  void biasBackward(Parameter bias, Tensor dy);

  // ---- batch norm, with what is merged into its passes ------------------------------------------

  /** Reads x once, for {@link BatchNorm#moments}. */
  void batchNormMoments(BatchNorm norm, Tensor x);

  /**
   * From the moments of the epilogue's norms: batch statistics, running statistics and, with an
   * excitation, squeeze, hidden and gate. Touches nothing as large as an activation.
   *
   * @param positions P of the normalised tensor
   */
  void batchNormStatistics(Epilogue epilogue, int positions);

  /** out = act(gate (a x + b)); also writes the mask of a ReLU. */
  void batchNormForward(Tensor out, Tensor x, Epilogue epilogue);

  /** out = act(gate (a x + b) + residual), the residual behind its own norm where it has one. */
  void batchNormAddForward(Tensor out, Tensor x, Tensor residual, Epilogue epilogue);

  /**
   * With g = dOut where the ReLU let through: per sample and channel the sums of g and g x into
   * {@link BatchNorm#sums}. A backend may leave g in dOut, which only {@link #batchNormBackward} of
   * the same epilogue reads afterwards.
   *
   * @param out the forward's output: a backend may take the mask from it
   */
  void batchNormBackwardSums(Epilogue epilogue, Tensor dOut, Tensor out, Tensor x);

  /** As above; also the sum of g residual for the norm of the residual, where it has one. */
  void batchNormAddBackwardSums(
      Epilogue epilogue, Tensor dOut, Tensor out, Tensor x, Tensor residual);

  /**
   * From the sums: adds to the gradients of scale, shift and the excitation, and writes the
   * coefficients of the apply pass. Touches nothing as large as an activation.
   *
   * @param positions P of the normalised tensor
   */
  void batchNormBackwardStatistics(Epilogue epilogue, int positions);

  /** dx = A g + B x + K. dx may be dOut itself. */
  void batchNormBackward(Tensor dx, Tensor dOut, Tensor out, Tensor x, Epilogue epilogue);

  /** As above; also the residual's gradient: g, or its own norm's A g + B residual + K. */
  void batchNormAddBackward(
      Tensor dx,
      Tensor dResidual,
      Tensor dOut,
      Tensor out,
      Tensor x,
      Tensor residual,
      Epilogue epilogue);

  // ---- squeeze-and-excitation where it stands alone
  // ----------------------------------------------

  /** Reads x once: squeeze, hidden and gate. */
  void exciteForward(Excitation excitation, Tensor x);

  /** y = gate x. */
  void scaleForward(Tensor y, Tensor x, Excitation excitation);

  /** Reads dy and x once: gradient of the gate, of both layers (added), of the squeeze. */
  void exciteBackward(Excitation excitation, Tensor dy, Tensor x);

  /** dx = gate dy + dSqueeze / P. */
  void scaleBackward(Tensor dx, Tensor dy, Excitation excitation);

  // ---- element by element -----------------------------------------------------------------------

  void reluForward(Tensor y, Tensor x);

  /** dx = dy where y > 0; dx may be dy itself. */
  void reluBackward(Tensor dx, Tensor dy, Tensor y);

  void sigmoidForward(Tensor y, Tensor x);

  /** dx = dy y (1 - y); dx may be dy itself. */
  void sigmoidBackward(Tensor dx, Tensor dy, Tensor y);

  /** y = a + b; y may be a or b. */
  void addForward(Tensor y, Tensor a, Tensor b);

  /** y = x; also a gradient handed on unchanged. */
  void copy(Tensor y, Tensor x);

  /** y += x. */
  void accumulate(Tensor y, Tensor x);

  /** y = a b; b may have one position, and then gates the channels of a. */
  void multiplyForward(Tensor y, Tensor a, Tensor b);

  /** da = dy b; db = dy a, summed over positions where b has only one. */
  void multiplyBackward(Tensor da, Tensor db, Tensor dy, Tensor a, Tensor b);

  /** Writes x into the channels of y from {@code channel} on. */
  void concatForward(Tensor y, Tensor x, int channel);

  /** dx from the channels of dy from {@code channel} on. */
  void concatBackward(Tensor dx, Tensor dy, int channel);

  /**
   * y = x kept / (1 - rate); the mask has a bit per value. Which values are kept depends on {@link
   * #seed}, the layer's number and the value's index only.
   */
  void dropoutForward(Tensor y, Tensor mask, Tensor x, float rate, int layer);

  /** dx = dy kept / (1 - rate); dx may be dy itself. */
  void dropoutBackward(Tensor dx, Tensor dy, Tensor mask, float rate);

  // ---- pooling
  // ------------------------------------------------------------------------------------

  /** The winner of each window, and which tap it was (row-major, the first of equals). */
  void maxPoolForward(Tensor y, Tensor winners, Tensor x, PoolGeometry geometry);

  /** The winner of each window alone, for inference. */
  void maxPoolInference(Tensor y, Tensor x, PoolGeometry geometry);

  void maxPoolBackward(Tensor dx, Tensor dy, Tensor winners, PoolGeometry geometry);

  void averagePoolForward(Tensor y, Tensor x, PoolGeometry geometry);

  void averagePoolBackward(Tensor dx, Tensor dy, PoolGeometry geometry);

  /** y(n, c) = mean of x over positions. */
  void globalAveragePoolForward(Tensor y, Tensor x);

  void globalAveragePoolBackward(Tensor dx, Tensor dy);

  // ---- dense ------------------------------------------------------------------------------------

  /** y = W x, with x flattened. */
  void denseForward(Tensor y, Tensor x, Parameter weight);

  /** y = W x + bias. */
  void denseBiasForward(Tensor y, Tensor x, Parameter weight, Parameter bias);

  void denseBackwardData(Tensor dx, Tensor dy, Parameter weight);

  /** Adds to the weight's gradient. */
  void denseBackwardWeights(Parameter weight, Tensor x, Tensor dy);

  // ---- loss -------------------------------------------------------------------------------------

  /**
   * Softmax cross-entropy with label smoothing e: the target is 1 - e + e / K for the label and e /
   * K elsewhere. Gradient of the mean over the batch.
   *
   * @param loss (N, 1, 1, 1): each sample's loss
   * @param dLogits (N, 1, 1, K)
   * @param labels (N, 1, 1, 1): class numbers
   */
  void softmaxCrossEntropy(
      Tensor loss, Tensor dLogits, Tensor logits, Tensor labels, float smoothing);

  // ---- inference --------------------------------------------------------------------------------

  /** weight' = a weight, bias' = b per output channel, from the running statistics. */
  void foldBatchNorm(Tensor foldedWeight, Tensor foldedBias, Parameter weight, BatchNorm norm);

  /** As above for a convolution that has a bias of its own. */
  void foldBatchNormBias(
      Tensor foldedWeight, Tensor foldedBias, Parameter weight, Parameter bias, BatchNorm norm);

  /** y = act(weight * x + bias). */
  void convolutionInference(
      Tensor y, Tensor x, Tensor weight, Tensor bias, Activation activation, ConvGeometry geometry);

  /** y = act(weight * x + bias + residual). */
  void convolutionAddInference(
      Tensor y,
      Tensor x,
      Tensor weight,
      Tensor bias,
      Tensor residual,
      Activation activation,
      ConvGeometry geometry);

  /** y = act(norm(x)) with the running statistics, where no convolution can take it up. */
  void batchNormInference(Tensor y, Tensor x, BatchNorm norm, Activation activation);

  /** y = act(norm(x) + residual) with the running statistics. */
  void batchNormAddInference(
      Tensor y, Tensor x, Tensor residual, BatchNorm norm, Activation activation);

  /** y = act(gate x). */
  void scaleInference(Tensor y, Tensor x, Excitation excitation, Activation activation);

  /** y = act(gate x + residual). */
  void scaleAddInference(
      Tensor y, Tensor x, Tensor residual, Excitation excitation, Activation activation);

  // ---- bookkeeping ------------------------------------------------------------------------------

  /** All values become zero. */
  void zero(Tensor y);

  /** What this step's dropout is drawn from. */
  void seed(long seed);

  /**
   * v = momentum v + g + decay w; w -= rate (nesterov ? g + decay w + momentum v : v), as PyTorch's
   * SGD.
   *
   * @param decay applied as given: the caller passes 0 for a span that is not decayed
   */
  void sgd(
      ParameterSpan parameters,
      Tensor velocity,
      float rate,
      float momentum,
      float decay,
      boolean nesterov);

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as PyTorch's AdamW.
   *
   * @param step from 1
   */
  void adamW(
      ParameterSpan parameters,
      Tensor mean,
      Tensor square,
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float decay,
      long step);
}
