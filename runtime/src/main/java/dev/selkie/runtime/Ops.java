package dev.selkie.runtime;

import dev.selkie.annotation.Activation;
import java.util.List;

/**
 * Every verb that generated code may call; the only list of them. A backend implements it.
 *
 * <p>Arguments run outputs, inputs, geometry; N samples, P positions, C channels. <b>Parameter
 * gradients accumulate, activation gradients overwrite</b>, except in a verb that says Accumulate.
 * Gradients are named by a d. Outputs never overlap inputs unless a verb allows it; two inputs may
 * always be one tensor, as in the sum of a value with itself.
 *
 * <p>What must hold of shapes, types and numbers is code in {@link
 * dev.selkie.runtime.check.CheckedOps}, for all backends; theirs to refuse is what only values
 * show.
 */
public interface Ops extends StepOps {

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
   * @param out the forward's output: a backend may take the mask of a ReLU from it; without one its
   *     memory may hold something else by now
   */
  void batchNormBackwardSums(Epilogue epilogue, Tensor dOut, Tensor out, Tensor x);

  /**
   * As above; also the sum of g residual for the norm of the residual, where it has one.
   *
   * @param residual without a norm of its own its memory may hold something else by now
   */
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

  // ---- squeeze-and-excitation that stands alone -------------------------------------------------

  /** Reads x once: squeeze, hidden and gate. */
  void exciteForward(Excitation excitation, Tensor x);

  /** y = gate x. */
  void scaleForward(Tensor y, Tensor x, Excitation excitation);

  /** Reads dy and x once: gradient of the gate, of both layers (added), of the squeeze. */
  void exciteBackward(Excitation excitation, Tensor dy, Tensor x);

  /** dx = gate dy + dSqueeze / P; of a maximum, dSqueeze goes to its position alone. */
  void scaleBackward(Tensor dx, Tensor dy, Excitation excitation);

  // ---- selective kernels ------------------------------------------------------------------------

  /** For each branch y = weight * x, and the moments of y for its norm. */
  void selectConvolutionForward(List<Tensor> ys, Selection selection, Tensor x);

  /**
   * From their moments: batch statistics and running statistics of the branches' norms.
   *
   * @param positions P of a branch's output
   */
  void selectStatistics(Selection selection, int positions);

  /** Reads each branch's convolution output once, for {@link Selection#counts}. */
  void selectSqueeze(Selection selection, List<Tensor> xs);

  /**
   * From the counts: squeeze = sum over m of (a_m Q_m + b_m K_m) / P, hidden units with the batch
   * and running statistics of their norm, weights. Touches nothing as large as an activation.
   *
   * @param positions P of a branch's output
   */
  void selectFuse(Selection selection, int positions);

  /** out = sum over m of weights_m relu(a_m x_m + b_m). */
  void selectForward(Tensor out, List<Tensor> xs, Selection selection);

  /** Reads dOut and each branch's convolution output once, for {@link Selection#sums}. */
  void selectBackwardSums(Selection selection, Tensor dOut, List<Tensor> xs);

  /**
   * From the sums: adds to the gradients of all scales and shifts and of both small layers; writes
   * the squeeze's gradient and the B and K of each branch's apply pass. Touches nothing as large as
   * an activation.
   *
   * @param positions P of a branch's output
   */
  void selectBackwardStatistics(Selection selection, int positions);

  /**
   * For each branch dx_m = a_m M_m (weights_m dOut + dSqueeze / P) + B_m x_m + K_m: what reaches
   * its convolution.
   */
  void selectBackward(List<Tensor> dxs, Tensor dOut, List<Tensor> xs, Selection selection);

  // ---- element by element -----------------------------------------------------------------------

  /** y = max(0, x); a NaN stays one. */
  void reluForward(Tensor y, Tensor x);

  /** dx = dy where y > 0; dx may be dy itself. */
  void reluBackward(Tensor dx, Tensor dy, Tensor y);

  /** y = 1 / (1 + exp(-x)). */
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

  // ---- channels moved, branches weighed ---------------------------------------------------------

  /** Channel k groups + g of y is channel g (C / groups) + k of x; C / groups turns it back. */
  void channelShuffle(Tensor y, Tensor x, int groups);

  /** y from the channels of x from {@code channel} on. */
  void channelSplitForward(Tensor y, Tensor x, int channel);

  /** Writes dy into the channels of dx from {@code channel} on, and zero into all others. */
  void channelSplitBackward(Tensor dx, Tensor dy, int channel);

  /** Adds dy to the channels of dx from {@code channel} on. */
  void channelSplitBackwardAccumulate(Tensor dx, Tensor dy, int channel);

  /** y = factor x, and so its own gradient; y may be x. */
  void times(Tensor y, Tensor x, float factor);

  /**
   * y = alpha a + (1 - alpha) b. Each sample's alpha depends on {@link #seed}, the layer's number
   * and the sample's index only.
   */
  void shakeShakeForward(Tensor y, Tensor a, Tensor b, int layer);

  /** da = beta dy, db = (1 - beta) dy, with a number beta drawn as alpha was but another. */
  void shakeShakeBackward(Tensor da, Tensor db, Tensor dy, int layer);

  /** y = (a + b) / 2. */
  void shakeShakeInference(Tensor y, Tensor a, Tensor b);

  // ---- pooling ----------------------------------------------------------------------------------

  /** The winner of each window, and which tap it was (row-major, the first of equals). */
  void maxPoolForward(Tensor y, Tensor winners, Tensor x, PoolGeometry geometry);

  /** The winner of each window alone, for inference. */
  void maxPoolInference(Tensor y, Tensor x, PoolGeometry geometry);

  /** dx = sum over the windows that it won of their dy. */
  void maxPoolBackward(Tensor dx, Tensor dy, Tensor winners, PoolGeometry geometry);

  /**
   * The mean of each window; the divisor counts what lies on x and, where the geometry says so, on
   * its padding.
   */
  void averagePoolForward(Tensor y, Tensor x, PoolGeometry geometry);

  /** dx = sum over the windows that it lies in of dy / divisor, as the forward pass divides. */
  void averagePoolBackward(Tensor dx, Tensor dy, PoolGeometry geometry);

  /** y(n, c) = mean of x over positions. */
  void globalAveragePoolForward(Tensor y, Tensor x);

  /** dx = dy / P at every position. */
  void globalAveragePoolBackward(Tensor dx, Tensor dy);

  // ---- dense ------------------------------------------------------------------------------------

  /** y = W x, with x flattened. */
  void denseForward(Tensor y, Tensor x, Parameter weight);

  /** y = W x + bias. */
  void denseBiasForward(Tensor y, Tensor x, Parameter weight, Parameter bias);

  /** dx = W' dy, the transpose of W. */
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

  /**
   * Squeeze, hidden units by the running statistics of their norm, and weights.
   *
   * @param xs the branches' outputs behind norm and ReLU
   */
  void selectFuseInference(Selection selection, List<Tensor> xs);

  /** out = sum over m of weights_m x_m. */
  void selectInference(Tensor out, List<Tensor> xs, Selection selection);

  // ---- bookkeeping ------------------------------------------------------------------------------

  /** All values become zero. */
  void zero(Tensor y);

  /**
   * Before the updates of a step, when all gradients are there: a backend that scales the loss lets
   * the updates do nothing where a gradient is not finite.
   */
  void beginUpdate(List<ParameterSpan> spans);

  /** After the updates of a step. */
  void endUpdate();

  /**
   * v = momentum v + g + decay w; w -= rate (nesterov ? g + decay w + momentum v : v), as PyTorch's
   * SGD; the rate is that of {@link #learningRate}.
   *
   * @param decay applied as given: the caller passes 0 for a span that is not decayed
   */
  void sgd(
      ParameterSpan parameters, Tensor velocity, float momentum, float decay, boolean nesterov);

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as PyTorch's AdamW; the rate
   * and the number of the step are those of {@link #learningRate}.
   */
  void adamW(
      ParameterSpan parameters,
      Tensor mean,
      Tensor square,
      float beta1,
      float beta2,
      float epsilon,
      float decay);
}
