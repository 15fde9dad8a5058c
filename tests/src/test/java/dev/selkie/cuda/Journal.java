package dev.selkie.cuda;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each verb of a step asked of libraries and kernels. */
final class Journal {
  private final List<Verb> verbs = new ArrayList<>();

  /** A launch or a library's call, and the addresses among its arguments. */
  record Entry(String name, List<Long> addresses) {}

  /**
   * A verb with its operands.
   *
   * @param operands in the order of the arguments, those inside records included
   */
  record Verb(String name, Map<String, DeviceTensor> operands, List<Entry> entries) {
    List<String> launches() {
      return entries.stream().map(entry -> entry.name().split(" ")[0]).toList();
    }

    DeviceTensor output() {
      return operands.values().iterator().next();
    }
  }

  List<Verb> verbs() {
    return verbs;
  }

  /** Carries each verb out and keeps what the twin has written down meanwhile. */
  Ops over(Ops delegate) {
    return (Ops)
        Proxy.newProxyInstance(
            Ops.class.getClassLoader(),
            new Class<?>[] {Ops.class},
            (proxy, method, arguments) -> {
              try {
                method.invoke(delegate, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              Map<String, DeviceTensor> operands = new LinkedHashMap<>();
              collect(arguments, operands);
              verbs.add(new Verb(method.getName(), operands, entries()));
              return null;
            });
  }

  /** What the twin has written down since the last call. */
  static List<Entry> entries() {
    return HostTwin.entries().lines().map(Journal::entry).toList();
  }

  private static Entry entry(String line) {
    String[] halves = line.split("\t", -1);
    List<Long> addresses =
        Arrays.stream(halves[1].trim().split(" "))
            .filter(word -> !word.isEmpty())
            .map(word -> Long.parseUnsignedLong(word, 16))
            .filter(word -> word >= JournalDriver.FIRST_ADDRESS && word < 1L << 46)
            .toList();
    return new Entry(halves[0], addresses);
  }

  private static void collect(Object[] values, Map<String, DeviceTensor> found)
      throws ReflectiveOperationException {
    for (Object value : values) {
      if (value instanceof Tensor tensor) {
        found.putIfAbsent(tensor.name(), DeviceTensor.device(tensor));
      } else if (value instanceof List<?> list) {
        collect(list.toArray(), found);
      } else if (value instanceof Record bundle) {
        List<Object> parts = new ArrayList<>();
        for (RecordComponent component : bundle.getClass().getRecordComponents()) {
          parts.add(component.getAccessor().invoke(bundle));
        }
        collect(parts.toArray(), found);
      }
    }
  }

  /** Of all verbs with one of these names. */
  List<Verb> named(String... names) {
    return verbs.stream().filter(verb -> Set.of(names).contains(verb.name())).toList();
  }
}
