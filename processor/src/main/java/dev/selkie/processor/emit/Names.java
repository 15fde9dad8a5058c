package dev.selkie.processor.emit;

import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Constant;
import dev.selkie.processor.program.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Java names from paths: unique and stable. A group {@code stage1.0} is the field {@code
 * stage1Unit0}; its value {@code stage1.0.reduce.conv} is {@code reduceConv} there, the value that
 * bears the group's own path {@code out}; a gradient has a d in front. A class is its field's name
 * with a capital and with its kind, which a unit's name has already: {@code StemLayer}, {@code
 * Stage1Unit0}.
 *
 * <p>Fields and classes are told apart by Java, so each kind has a scope of its own. To be named in
 * this order: constants, groups, their classes, members; whoever comes later makes way.
 */
final class Names {
  private static final String GRADIENT = "d ";

  /** The scope of the generated class itself. */
  private static final String OUTER = "";

  /**
   * Fields that are there already, and types that expressions start with: where Java sees a field
   * of that name, it looks no further.
   */
  private final Set<String> reserved = new HashSet<>(Expressions.TYPES);

  private final ClassNames classes;
  private final Map<String, String> groups = new HashMap<>();
  private final Map<Object, String> members = new HashMap<>();
  private final Map<String, Set<String>> fields = new HashMap<>();

  /**
   * @param generatedName simple name of the generated class
   */
  Names(String generatedName) {
    this.classes = new ClassNames(generatedName);
    reserved.add("LAYOUT");
    reserved.add("ops");
  }

  /** A geometry's name says all of it, so it is no other's. */
  String constant(Constant constant) {
    reserved.add(constant.name());
    return constant.name();
  }

  /** The field of a group. */
  String group(String group) {
    return groups.computeIfAbsent(group, path -> unique(OUTER, field(path)));
  }

  private static String field(String group) {
    int dot = group.indexOf('.');
    return dot < 0 ? group : group.substring(0, dot) + "Unit" + group.substring(dot + 1);
  }

  /** The class of a group; all groups are named first. */
  String groupClass(String group) {
    String kind = group.contains(".") ? "" : "Layer";
    return classes.of(group, capitalized(group(group)), kind, fields.get(OUTER));
  }

  /** Whether a group has a member of the name that another group goes by. */
  boolean hides(String group, String other) {
    return fields.getOrDefault(group, Set.of()).contains(group(other));
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
    Set<String> taken = fields.computeIfAbsent(scope, key -> new HashSet<>());
    String name = wanted;
    for (int i = 2; reserved.contains(name) || !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
