package dev.selkie.processor.emit;

import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Java names from paths: unique and stable. A group {@code stage1.0} is the field {@code
 * stage1Unit0}; its value {@code stage1.0.reduce.conv} is {@code reduceConv} there, the value that
 * bears the group's own path {@code out}; a gradient has a d in front.
 */
final class Names {
  /** What a field of the generated class would hide. */
  private static final Set<String> VOCABULARY = Set.of("ops");

  private final Map<String, String> groups = new HashMap<>();
  private final Map<Object, String> members = new HashMap<>();
  private final Map<String, Set<String>> taken = new HashMap<>();

  Names() {
    taken.put("", new HashSet<>(VOCABULARY));
  }

  /** The field of a group. */
  String group(String group) {
    return groups.computeIfAbsent(
        group,
        path -> {
          int dot = path.indexOf('.');
          return unique(
              "", dot < 0 ? path : path.substring(0, dot) + "Unit" + path.substring(dot + 1));
        });
  }

  /** The class of a group. */
  String groupClass(String group) {
    String name = capitalized(group(group));
    return group.contains(".") ? name : name + "Layer";
  }

  String constant(String name) {
    return name;
  }

  String buffer(Buffer buffer) {
    return members.computeIfAbsent(buffer, key -> unique(buffer.group(), plain(buffer)));
  }

  String field(Field field) {
    return members.computeIfAbsent(
        field.path(), key -> unique(field.group(), member(field.group(), field.path())));
  }

  private static String plain(Buffer buffer) {
    String name = member(buffer.group(), buffer.path());
    return switch (buffer.role()) {
      case GRADIENT, SUMMAND -> "d" + capitalized(name);
      case INFERENCE -> name + "Inferred";
      default -> name;
    };
  }

  private static String member(String group, String path) {
    if (path.equals(group)) {
      return "out";
    }
    String rest = path.startsWith(group + ".") ? path.substring(group.length() + 1) : path;
    StringBuilder name = new StringBuilder();
    for (String part : rest.split("\\.")) {
      name.append(name.isEmpty() ? part : capitalized(part));
    }
    return name.toString();
  }

  private String unique(String scope, String wanted) {
    Set<String> names = taken.computeIfAbsent(scope, key -> new HashSet<>(VOCABULARY));
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
