package dev.selkie.training.verify;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.trace.Interceptor;
import dev.selkie.runtime.trace.Operands;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Verbs of a float32 backend that err once more as a plain loop in float32 or TF32 does: a
 * yardstick where the reference would take too long. All that a verb writes gets noise.
 *
 * <p>Rounding K times, each time by up to half a unit in the last place and to either side, errs by
 * sqrt(K) half units. A convolution's or dense layer's sum has K products, and the noise is a share
 * of the root mean square of all its sums, since single ones cancel; factors with 10 bits of
 * mantissa add half a unit in theirs. Of all else K is how many values were read for one that was
 * written, and the noise a share of the value: what a ReLU has made zero stays so.
 */
final class NoisyOps {
  private static final double FLOAT_UNIT = Math.ulp(1f) / 2;
  private static final double TF32_UNIT = 0x1p-11;

  private final Ops delegate;
  private final double factors;
  private final Random random = new Random(1);

  private NoisyOps(Ops delegate, Precision precision) {
    this.delegate = delegate;
    this.factors = precision == Precision.TF32 ? TF32_UNIT : 0;
  }

  /** Forwards to a float32 backend's verbs. */
  static Ops over(Ops delegate, Precision precision) {
    return Interceptor.over(new NoisyOps(delegate, precision)::call);
  }

  private void call(Method verb, Object[] arguments) {
    List<Tensor> tensors =
        Operands.tensors(arguments).stream()
            .filter(tensor -> tensor.element().isActivation())
            .distinct()
            .toList();
    List<float[]> before = new ArrayList<>();
    tensors.forEach(tensor -> before.add(Probes.read(tensor)));
    Interceptor.invoke(delegate, verb, arguments);
    long most = tensors.stream().mapToLong(tensor -> tensor.shape().elements()).max().orElse(0);
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      float[] after = Probes.read(tensor);
      if (!Arrays.equals(before.get(i), after)) {
        disturb(verb.getName(), arguments, tensor, after, most / after.length);
        tensor.write(after);
      }
    }
  }

  private void disturb(
      String verb, Object[] arguments, Tensor tensor, float[] values, long readForEach) {
    if (isProduct(verb) && isSumOfProducts(tensor, arguments)) {
      double unit = FLOAT_UNIT * Math.sqrt(products(arguments)) + factors;
      double noise = unit * rootMeanSquare(values);
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (noise * random.nextGaussian());
      }
      return;
    }
    double noise = FLOAT_UNIT * Math.sqrt(Math.max(1, readForEach));
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) (1 + noise * random.nextGaussian());
    }
  }

  private static boolean isProduct(String verb) {
    return verb.startsWith("convolution")
        || verb.startsWith("dense")
        || verb.equals("selectConvolutionForward");
  }

  /** An activation or a weight's gradient, not the moments that come with it. */
  private static boolean isSumOfProducts(Tensor tensor, Object[] arguments) {
    return RoundedOps.directly(arguments).contains(tensor) || arguments[0] instanceof Parameter;
  }

  private static double products(Object[] arguments) {
    if (arguments[0] instanceof Parameter) {
      Tensor dy = (Tensor) arguments[2];
      return (double) dy.shape().elements() / dy.shape().channels();
    }
    for (Object argument : arguments) {
      if (argument instanceof Parameter weight) {
        // Of a gradient of x as many, but for stride and the number of channels.
        return weight.value().shape().perSample();
      }
      if (argument instanceof Selection selection) {
        return selection.branches().get(0).weight().value().shape().perSample();
      }
    }
    // In inference: output, input, folded weight.
    return ((Tensor) arguments[2]).shape().perSample();
  }

  private static double rootMeanSquare(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }
}
