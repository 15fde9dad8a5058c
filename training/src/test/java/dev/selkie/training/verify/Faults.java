package dev.selkie.training.verify;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.trace.Interceptor;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Devices that are wrong in one way. */
final class Faults {
  private Faults() {}

  /** What one verb writes, an output, a parameter's gradient or its value, times a factor. */
  static Device enlarged(Device device, String verb, float factor) {
    return InterceptedBackend.over(device, times(verb, () -> factor));
  }

  /** One verb's output differs in its last bits from call to call. */
  static Device unsteady(Device device, String verb) {
    Random random = new Random();
    return InterceptedBackend.over(device, times(verb, () -> 1 + 1e-5f * random.nextFloat()));
  }

  /** A number that may be another each time. */
  private interface Factor {
    float next();
  }

  private static UnaryOperator<Ops> times(String faulty, Factor factor) {
    return honest ->
        Interceptor.over(
            (verb, arguments) -> {
              Interceptor.invoke(honest, verb, arguments);
              if (verb.getName().equals(faulty)) {
                scale(written(arguments[0]), factor.next());
              }
            });
  }

  private static Tensor written(Object first) {
    if (first instanceof Parameter parameter) {
      return parameter.gradient();
    }
    return first instanceof ParameterSpan span ? span.values() : (Tensor) first;
  }

  private static void scale(Tensor tensor, float factor) {
    float[] values = Probes.read(tensor);
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    tensor.write(values);
  }
}
