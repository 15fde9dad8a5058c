package dev.selkie.training.verify;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.trace.Interceptor;
import dev.selkie.runtime.trace.Operands;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Carries out each verb twice from the same memory, and writes down which then differ. */
final class TwiceOps {
  private final Ops delegate;
  private final Set<String> different;

  private TwiceOps(Ops delegate, Set<String> different) {
    this.delegate = delegate;
    this.different = different;
  }

  /**
   * @param different where the names of verbs are added
   */
  static Ops over(Ops delegate, Set<String> different) {
    return Interceptor.over(new TwiceOps(delegate, different)::call);
  }

  private void call(Method verb, Object[] arguments) {
    List<Tensor> tensors = tensors(arguments);
    if (tensors.isEmpty() || verb.getName().equals("beginUpdate")) {
      // It changes what the backend knows of the step: not twice.
      Interceptor.invoke(delegate, verb, arguments);
      return;
    }
    List<float[]> before = read(tensors);
    Interceptor.invoke(delegate, verb, arguments);
    List<float[]> first = read(tensors);
    for (int i = 0; i < before.size(); i++) {
      tensors.get(i).write(before.get(i));
    }
    Interceptor.invoke(delegate, verb, arguments);
    List<float[]> second = read(tensors);
    for (int i = 0; i < first.size(); i++) {
      if (!Arrays.equals(first.get(i), second.get(i))) {
        different.add(verb.getName());
      }
    }
  }

  /** Those that the host can read; it cannot write back masks, which verbs overwrite anyway. */
  private static List<Tensor> tensors(Object[] arguments) {
    return Operands.tensors(arguments).stream()
        .filter(tensor -> tensor.element().isActivation())
        .distinct()
        .toList();
  }

  private static List<float[]> read(List<Tensor> tensors) {
    List<float[]> values = new ArrayList<>();
    tensors.forEach(tensor -> values.add(Probes.read(tensor)));
    return values;
  }
}
