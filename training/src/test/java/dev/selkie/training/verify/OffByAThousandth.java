package dev.selkie.training.verify;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.training.TestData;
import java.lang.reflect.Proxy;

/** Verbs of a backend whose gradient of biases is a little too large. */
final class OffByAThousandth {
  private final Ops delegate;

  OffByAThousandth(Ops delegate) {
    this.delegate = delegate;
  }

  Ops proxy() {
    return (Ops)
        Proxy.newProxyInstance(
            Ops.class.getClassLoader(),
            new Class<?>[] {Ops.class},
            (proxy, verb, arguments) -> {
              verb.invoke(delegate, arguments);
              if (verb.getName().equals("biasBackward")) {
                enlarge((Parameter) arguments[0]);
              }
              return null;
            });
  }

  private static void enlarge(Parameter bias) {
    float[] gradient = TestData.values(bias.gradient());
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= 1.001f;
    }
    bias.gradient().write(gradient);
  }
}
