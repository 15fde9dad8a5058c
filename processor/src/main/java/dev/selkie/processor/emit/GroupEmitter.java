package dev.selkie.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.selkie.processor.describe.Summary;
import dev.selkie.processor.plan.MemoryPlan;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Call;
import dev.selkie.processor.program.Field;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The class of one group: its buffers, its fields, and its part of each pass. */
final class GroupEmitter {
  static final String RUNTIME = "dev.selkie.runtime";
  private static final ClassName TENSOR = ClassName.get(RUNTIME, "Tensor");
  private static final ClassName SUMMARY = ClassName.get(RUNTIME, "NetworkSummary", "Builder");

  private final NetworkSource source;
  private final Names names;
  private final GroupParts parts;
  private final Expressions expressions;

  GroupEmitter(NetworkSource source, Names names, GroupParts parts) {
    this.source = source;
    this.names = names;
    this.parts = parts;
    this.expressions = new Expressions(names, source.declaration().generatedName(), parts.group());
  }

  /** Names all members, so that other groups can be told apart from them. */
  void declare() {
    parts.buffers().forEach(names::buffer);
    parts.fields().forEach(names::field);
  }

  TypeSpec emit() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(names.groupClass(parts.group()))
            .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
            .superclass(ClassName.bestGuess("Layer"))
            .addJavadoc("$L\n", javadoc());
    parts.buffers().forEach(buffer -> type.addField(field(buffer)));
    parts.fields().forEach(field -> type.addField(field(field)));
    pass(type, "forward", parts.forward());
    pass(type, "backward", parts.backward());
    pass(type, "fold", parts.fold());
    pass(type, "infer", parts.infer());
    return type.addMethod(describe()).build();
  }

  private String javadoc() {
    List<Summary.Row> rows = parts.rows();
    Summary.Row last = rows.get(rows.size() - 1);
    String what = rows.size() == 1 ? last.layer().label() : rows.size() + " layers";
    return "%s: %s, to %s.".formatted(parts.group(), what, last.output());
  }

  private FieldSpec field(Buffer buffer) {
    MemoryPlan plan = source.plan();
    return FieldSpec.builder(TENSOR, names.buffer(buffer), Modifier.FINAL)
        .initializer(
            "$L($S, $L, $L, $L, $LL)",
            factory(buffer),
            label(buffer),
            buffer.dims().height(),
            buffer.dims().width(),
            buffer.dims().channels(),
            plan.offset(buffer))
        .build();
  }

  private static String factory(Buffer buffer) {
    return switch (buffer.element()) {
      case BIT -> "bits";
      case UINT8 -> "bytes";
      case FLOAT32, BFLOAT16, FLOAT16 ->
          buffer.role() == Buffer.Role.ACTIVATION ? "activation" : "buffer";
    };
  }

  /** What error messages and recordings call it. */
  private static String label(Buffer buffer) {
    return switch (buffer.role()) {
      case GRADIENT, SUMMAND -> "d " + buffer.path();
      default -> buffer.path();
    };
  }

  private FieldSpec field(Field field) {
    return FieldSpec.builder(type(field), names.field(field), Modifier.FINAL)
        .initializer(expressions.initializer(field.initializer()))
        .build();
  }

  private static TypeName type(Field field) {
    return field.type().equals(Field.LIST)
        ? ParameterizedTypeName.get(ClassName.get(List.class), TENSOR)
        : ClassName.get(RUNTIME, field.type());
  }

  private void pass(TypeSpec.Builder type, String name, List<Call> calls) {
    if (calls.isEmpty()) {
      return;
    }
    CodeBlock.Builder code = CodeBlock.builder();
    calls.forEach(call -> code.add(expressions.statement(call)));
    type.addMethod(MethodSpec.methodBuilder(name).addCode(code.build()).build());
  }

  private MethodSpec describe() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("describe")
            .addModifiers(Modifier.STATIC)
            .addParameter(SUMMARY, "summary");
    for (Summary.Row row : parts.rows()) {
      method.addCode(
          "$[summary.layer($S,$W$S,$W$L,$W$L,$W$L,$W$LL,$W$LL);\n$]",
          row.layer().path(),
          row.layer().label(),
          row.output().channels(),
          row.output().height(),
          row.output().width(),
          row.parameters(),
          row.multiplyAdds());
    }
    return method.build();
  }
}
