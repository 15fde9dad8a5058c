package dev.selkie.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Call;
import dev.selkie.processor.program.Constant;
import dev.selkie.processor.program.Field;
import dev.selkie.processor.program.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parts of a program as Java expressions, seen from one group's class. */
final class Expressions {
  /** Enums by the names under which texts mention their constants. */
  private static final Map<String, ClassName> ENUMS =
      Map.of(
          "Activation", ClassName.get("dev.selkie.annotation", "Activation"),
          "Squeeze", ClassName.get("dev.selkie.annotation", "Squeeze"),
          "Gate", ClassName.get("dev.selkie.annotation", "Gate"),
          "Initializer", ClassName.get(GroupEmitter.RUNTIME, "Initializer"));

  /** All types that an expression may start with. */
  static final Set<String> TYPES =
      Stream.concat(ENUMS.keySet().stream(), Stream.of("Epilogue", "Layout", "List"))
          .collect(Collectors.toUnmodifiableSet());

  private final Names names;
  private final String generatedName;
  private final String group;

  Expressions(Names names, String generatedName, String group) {
    this.names = names;
    this.generatedName = generatedName;
    this.group = group;
  }

  /** {@code ops.verb(arguments);}, with its shape as a comment. */
  CodeBlock statement(Call call) {
    StringBuilder format = new StringBuilder("$[ops.$L(");
    List<Object> arguments = new ArrayList<>(List.of(call.verb()));
    for (int i = 0; i < call.arguments().size(); i++) {
      format.append(i == 0 ? "$L" : ",$W$L");
      arguments.add(part(call.arguments().get(i)));
    }
    format.append(");");
    if (call.comment() != null) {
      format.append(" // $L");
      arguments.add(call.comment());
    }
    return CodeBlock.of(format.append("\n$]").toString(), arguments.toArray());
  }

  CodeBlock initializer(List<Object> parts) {
    CodeBlock.Builder code = CodeBlock.builder();
    parts.forEach(each -> code.add("$L", part(each)));
    return code.build();
  }

  /** A name, or a block where a type is to be imported. */
  private Object part(Object part) {
    if (part instanceof Buffer buffer) {
      return buffer(buffer);
    }
    if (part instanceof Field field) {
      return qualified(field.group(), names.field(field));
    }
    if (part instanceof Constant constant) {
      return names.constant(constant);
    }
    return text(((Text) part).java());
  }

  private static Object text(String java) {
    int dot = java.indexOf('.');
    ClassName type = dot < 0 ? null : ENUMS.get(java.substring(0, dot));
    return type == null ? java : CodeBlock.of("$T$L", type, java.substring(dot));
  }

  private String buffer(Buffer buffer) {
    return switch (buffer.role()) {
      case FIXED_INPUT -> "input()";
      case FIXED_LOGITS -> "logits()";
      case FIXED_LOGITS_GRADIENT -> "dLogits()";
      default -> qualified(buffer.group(), names.buffer(buffer));
    };
  }

  private String qualified(String owner, String name) {
    if (owner.equals(group)) {
      return name;
    }
    String other = names.group(owner) + "." + name;
    return names.hides(group, owner) ? generatedName + ".this." + other : other;
  }
}
