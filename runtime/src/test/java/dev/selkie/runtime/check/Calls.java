package dev.selkie.runtime.check;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Extent;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.conformance.OpCase;
import dev.selkie.runtime.conformance.OpCases;
import dev.selkie.runtime.trace.IdleBackend;
import dev.selkie.runtime.trace.Interceptor;
import dev.selkie.runtime.trace.Operands;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The calls of the conformance cases, and the same with one operand changed. */
final class Calls {
  /** Of each verb with so many tensors among its arguments. */
  private static final int ENOUGH = 2;

  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          return type.getRecordComponents();
        }
      };

  private Calls() {}

  /** A verb and its arguments. */
  record Call(String of, Method verb, Object[] arguments) {
    void on(Ops ops) {
      Interceptor.invoke(ops, verb, arguments);
    }

    int size() {
      return Operands.tensors(arguments).size();
    }

    /** The tensors are numbered as they stand, those in records and lists too. */
    Call with(BiFunction<Integer, Tensor, Tensor> change) {
      int[] number = new int[1];
      Object[] changed =
          Arrays.stream(arguments).map(argument -> rebuilt(argument, number, change)).toArray();
      return new Call(of, verb, changed);
    }

    @Override
    public String toString() {
      return verb.getName() + " in " + of;
    }
  }

  /** A tensor that is not where or what it was. */
  record Changed(String name, Shape shape, Element element, Extent place) implements Tensor {
    static Changed of(Tensor tensor, Shape shape, Element element) {
      return new Changed(tensor.name(), shape, element, null);
    }

    @Override
    public Extent extent() {
      return place == null ? Extent.of(this, 0, shape, element) : place;
    }

    @Override
    public void read(float[] values) {
      throw new AssertionError("rules look at no values");
    }

    @Override
    public void write(float[] values) {
      throw new AssertionError("rules change no values");
    }

    /** Only itself, as any tensor. */
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Some calls of every verb, by its name. */
  static Map<String, List<Call>> byVerb() {
    Map<String, List<Call>> calls = new LinkedHashMap<>();
    for (OpCase opCase : OpCases.all()) {
      Ops collect =
          Interceptor.over(
              (verb, arguments) -> {
                List<Call> known = calls.computeIfAbsent(verb.getName(), v -> new ArrayList<>());
                int size = Operands.tensors(arguments).size();
                if (known.stream().filter(call -> call.size() == size).count() < ENOUGH) {
                  known.add(new Call(opCase.name(), verb, arguments));
                }
              });
      IdleBackend idle = new IdleBackend(collect, Precision.FLOAT32);
      opCase.body().accept(new Fixture(idle, idle.allocate(1 << 23), idle.ops(), 1));
    }
    return calls;
  }

  private static Object rebuilt(
      Object argument, int[] number, BiFunction<Integer, Tensor, Tensor> change) {
    if (argument instanceof Tensor tensor) {
      return change.apply(number[0]++, tensor);
    }
    if (argument instanceof List<?> list) {
      return list.stream().map(element -> rebuilt(element, number, change)).toList();
    }
    return argument instanceof Record bundle ? rebuilt(bundle, number, change) : argument;
  }

  private static Record rebuilt(
      Record bundle, int[] number, BiFunction<Integer, Tensor, Tensor> change) {
    RecordComponent[] components = COMPONENTS.get(bundle.getClass());
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = rebuilt(components[i].getAccessor().invoke(bundle), number, change);
      }
      return bundle.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
