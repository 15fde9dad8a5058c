package dev.selkie.processor.emit;

import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Java names from paths: unique and stable. A group {@code stage1.0} is the field {@code
 * stage1Unit0}; its value {@code stage1.0.reduce.conv} is {@code reduceConv} there, the value that
 * bears the group's own path {@code out}; a gradient has a d in front.
 */
final class Names {
  /** What a field of that name would hide from generated code. */
  private static final Set<String> VOCABULARY =
      Set.of("ops", "LAYOUT", "Activation", "Epilogue", "Factory", "List");

  private static final String GRADIENT = "d ";

  /** The scope of the generated class itself. */
  private static final String OUTER = "";

  private final Map<String, String> groups = new HashMap<>();
  private final Map<String, String> classes = new HashMap<>();
  private final Map<String, String> constants = new HashMap<>();
  private final Map<Object, String> members = new HashMap<>();
  private final Map<String, Set<String>> taken = new HashMap<>();

  /** The same without capitals: nested classes become files, and some file systems have none. */
  private final Map<String, Set<String>> folded = new HashMap<>();

  /** The field of a group. */
  String group(String group) {
    return groups.computeIfAbsent(
        group,
        path -> {
          int dot = path.indexOf('.');
          return unique(
              OUTER, dot < 0 ? path : path.substring(0, dot) + "Unit" + path.substring(dot + 1));
        });
  }

  /** The class of a group; groups themselves are named first. */
  String groupClass(String group) {
    return classes.computeIfAbsent(
        group,
        key -> {
          String name = capitalized(group(group));
          return unique(OUTER, group.contains(".") ? name : name + "Layer");
        });
  }

  String constant(String name) {
    return constants.computeIfAbsent(name, key -> unique(OUTER, name));
  }

  /** Whether a group has a member of the name that another group goes by. */
  boolean hides(String group, String other) {
    return taken.getOrDefault(group, Set.of()).contains(group(other));
  }

  String buffer(Buffer buffer) {
    return members.computeIfAbsent(buffer, key -> unique(buffer.group(), plain(buffer)));
  }

  String field(Field field) {
    return members.computeIfAbsent(
        field.path(), key -> unique(field.group(), plain(field.group(), field.path())));
  }

  /** Gradients have a d in front of their path. */
  private static String plain(String group, String path) {
    return path.startsWith(GRADIENT)
        ? "d" + capitalized(member(group, path.substring(GRADIENT.length())))
        : member(group, path);
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
    Set<String> plain = folded.computeIfAbsent(scope, key -> folded(VOCABULARY));
    String name = wanted;
    for (int i = 2; !plain.add(fold(name)); i++) {
      name = wanted + "_" + i;
    }
    names.add(name);
    return name;
  }

  private static Set<String> folded(Set<String> names) {
    return names.stream().map(Names::fold).collect(Collectors.toCollection(HashSet::new));
  }

  private static String fold(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
