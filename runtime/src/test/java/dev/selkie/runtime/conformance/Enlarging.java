package dev.selkie.runtime.conformance;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.reference.ReferenceArena;
import dev.selkie.runtime.reference.ReferenceBackend;
import dev.selkie.runtime.trace.Call;
import dev.selkie.runtime.trace.RecordingOps;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Verbs of which one gives a hundredth too much. */
final class Enlarging {
  private static final Map<String, List<OpCase>> CASES = cases();

  private Enlarging() {}

  static Ops over(Ops honest, String faulty) {
    return (Ops)
        Proxy.newProxyInstance(
            Ops.class.getClassLoader(),
            new Class<?>[] {Ops.class},
            (proxy, verb, arguments) -> {
              verb.invoke(honest, arguments);
              if (verb.getName().equals(faulty)) {
                enlarge(written(arguments[0]));
              }
              return null;
            });
  }

  /** A few cases that call that verb. */
  static List<OpCase> cases(String verb) {
    return CASES.getOrDefault(verb, List.of()).stream().limit(6).toList();
  }

  private static Map<String, List<OpCase>> cases() {
    Map<String, List<OpCase>> cases = new HashMap<>();
    ReferenceBackend memory = new ReferenceBackend();
    ReferenceArena arena = memory.allocate(8 << 20);
    for (OpCase opCase : OpCases.all()) {
      RecordingOps recording = new RecordingOps();
      opCase.body().accept(new Fixture(arena, recording.ops(), 1));
      recording.calls().stream()
          .map(Call::verb)
          .distinct()
          .forEach(verb -> cases.computeIfAbsent(verb, v -> new ArrayList<>()).add(opCase));
    }
    return cases;
  }

  private static Tensor written(Object first) {
    if (first instanceof Parameter parameter) {
      return parameter.gradient();
    }
    if (first instanceof BatchNorm norm) {
      return norm.moments();
    }
    return first instanceof ParameterSpan span ? span.values() : (Tensor) first;
  }

  private static void enlarge(Tensor tensor) {
    Shape shape = tensor.shape();
    float[] values = new float[Math.toIntExact(shape.elements())];
    tensor.read(values);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 1.01f;
    }
    tensor.write(values);
  }
}
