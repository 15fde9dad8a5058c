package dev.selkie.random;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One method of an annotated interface.
 *
 * @param values of its annotation, as far as they are given; a {@link Model} stands for a block
 * @param inputs names of its parameters
 */
record Layer(String name, String kind, Map<String, Object> values, List<String> inputs) {
  boolean has(String member) {
    return values.containsKey(member);
  }

  int integer(String member, int absent) {
    return (int) values.getOrDefault(member, absent);
  }

  double real(String member) {
    return (double) values.get(member);
  }

  boolean flag(String member, boolean absent) {
    return (boolean) values.getOrDefault(member, absent);
  }

  @SuppressWarnings("unchecked")
  List<Integer> integers(String member) {
    Object value = values.getOrDefault(member, List.of());
    return value instanceof Integer number ? List.of(number) : (List<Integer>) value;
  }

  <E extends Enum<E>> E constant(String member, E absent) {
    return absent.getDeclaringClass().cast(values.getOrDefault(member, absent));
  }

  Model block() {
    return (Model) values.get("block");
  }

  /** As the user writes it. */
  String source() {
    String arguments =
        values.entrySet().stream()
            .map(entry -> entry.getKey() + " = " + java(entry.getValue()))
            .collect(Collectors.joining(", "));
    String parameters = inputs.stream().map(n -> "Tensor " + n).collect(Collectors.joining(", "));
    String annotation = arguments.isEmpty() ? kind : kind + "(" + arguments + ")";
    return "  @%s Tensor %s(%s);\n".formatted(annotation, name, parameters);
  }

  private static String java(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.getDeclaringClass().getSimpleName() + "." + constant.name();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
    }
    return value instanceof Model block ? block.name() + ".class" : String.valueOf(value);
  }
}
