package dev.selkie.training.verify;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Halves;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.trace.Interceptor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Verbs of a float32 backend that err as a plain loop in 16 bits does: a yardstick where the
 * reference would take too long. Each activation and each gradient of one is rounded as it is
 * stored, the latter times the loss scale; so is what a convolution adds to its weights' gradient.
 */
final class RoundedOps {
  private final Ops delegate;
  private final Element type;
  private final float lossScale;
  private final Set<Tensor> activations = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean backward;

  private RoundedOps(Ops delegate, Element type, float lossScale) {
    this.delegate = delegate;
    this.type = type;
    this.lossScale = lossScale;
  }

  /** Forwards to a float32 backend's verbs. */
  static Ops over(Ops delegate, Element type, float lossScale) {
    return Interceptor.over(new RoundedOps(delegate, type, lossScale)::call);
  }

  private void call(Method verb, Object[] arguments) {
    String name = verb.getName();
    boolean inference = name.endsWith("Inference");
    backward &= !inference;
    if (inference && name.startsWith("convolution")) {
      // Output, input, folded weight.
      round((Tensor) arguments[2]);
    }
    Interceptor.invoke(delegate, verb, arguments);
    if (name.equals("softmaxCrossEntropy")) {
      backward = true;
      round((Tensor) arguments[1]);
    } else if (!name.startsWith("fold") && !name.equals("zero")) {
      directly(arguments).stream().filter(tensor -> !isFoldedBias(tensor)).forEach(this::round);
      if (name.equals("convolutionBackwardWeights")) {
        round(((Parameter) arguments[0]).gradient());
      }
    }
  }

  private static boolean isFoldedBias(Tensor tensor) {
    return tensor.name().endsWith(".folded.bias");
  }

  /** Activations are a verb's own arguments; what is small stands in its records. */
  static List<Tensor> directly(Object[] arguments) {
    List<Tensor> found = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument instanceof Tensor tensor && tensor.element() == Element.FLOAT32) {
        found.add(tensor);
      } else if (argument instanceof List<?> list) {
        found.addAll(directly(list.toArray()));
      }
    }
    return found;
  }

  /** What a forward pass has not seen is a gradient once the loss is there. */
  private void round(Tensor tensor) {
    if (!backward) {
      activations.add(tensor);
    }
    float scale = activations.contains(tensor) ? 1 : lossScale;
    float[] values = Probes.read(tensor);
    for (int i = 0; i < values.length; i++) {
      values[i] = Halves.round(type, values[i] * scale) / scale;
    }
    tensor.write(values);
  }
}
