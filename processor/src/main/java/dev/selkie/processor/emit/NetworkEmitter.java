package dev.selkie.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.selkie.processor.program.Call;
import dev.selkie.processor.program.Constant;
import dev.selkie.runtime.GeneratedNetwork;
import dev.selkie.runtime.Layout;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;

/** The generated class, in page order: constants, groups, passes, one nested class per group. */
public final class NetworkEmitter {
  private final NetworkSource source;
  private final Names names;
  private final Skeleton skeleton;

  private NetworkEmitter(NetworkSource source) {
    this.source = source;
    this.names = new Names(source.declaration().generatedName());
    this.skeleton = new Skeleton(source.declaration());
  }

  /** Java source. */
  public static String emit(NetworkSource source) {
    return new NetworkEmitter(source).file();
  }

  private String file() {
    TypeSpec.Builder type = skeleton.type();
    type.addJavadoc(ClassComment.of(source));
    SidecarEmitter.refer(type, source.declaration());
    type.addField(layout());
    // Everything is named before anything is printed, in a fixed order: names are stable.
    constants().forEach(constant -> type.addField(constant(constant)));
    source.groups().forEach(names::group);
    source.groups().forEach(names::groupClass);
    List<GroupEmitter> groups =
        GroupParts.of(source).stream()
            .map(parts -> new GroupEmitter(source, names, parts))
            .toList();
    groups.forEach(GroupEmitter::declare);
    source.groups().forEach(group -> type.addField(instance(group)));
    type.addMethod(skeleton.on());
    type.addMethod(constructor());
    type.addMethod(
        pass("forwardLayers", Modifier.PROTECTED, "forward", source.program().forward()));
    type.addMethod(
        pass("backwardLayers", Modifier.PROTECTED, "backward", source.program().backward()));
    type.addMethod(pass("foldLayers", Modifier.PROTECTED, "fold", source.program().fold()));
    type.addMethod(pass("inferLayers", Modifier.PROTECTED, "infer", source.program().infer()));
    type.addMethod(skeleton.summary());
    type.addMethod(describe());
    groups.forEach(group -> type.addType(group.emit()));
    type.addType(skeleton.factory());
    return withoutGaps(skeleton.file(type.build()));
  }

  /** JavaPoet puts a blank line between fields; a page of tensors reads better without. */
  private static String withoutGaps(String java) {
    return java.replaceAll(
        "(?m)(^ +(?:private static |private )?final .*;\\n)\\n(?= +(?:private static |private )?final .*;)",
        "$1");
  }

  private FieldSpec layout() {
    Layout layout = source.layout();
    return FieldSpec.builder(
            Layout.class, "LAYOUT", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(
            "$T.EMPTY$>$>\n.withDecayed($LL)\n.withPlain($LL)\n.withFixed($LL)\n.withWorkspace($LL)\n"
                + ".withPlanned($LL)$<$<",
            Layout.class,
            layout.decayed(),
            layout.plain(),
            layout.fixed(),
            layout.workspace(),
            layout.planned())
        .build();
  }

  private Iterable<Constant> constants() {
    Map<String, Constant> found = new TreeMap<>();
    for (List<Call> pass :
        List.of(
            source.program().forward(), source.program().backward(), source.program().infer())) {
      for (Call call : pass) {
        call.arguments().stream()
            .filter(Constant.class::isInstance)
            .map(Constant.class::cast)
            .forEach(constant -> found.put(constant.name(), constant));
      }
    }
    return found.values();
  }

  private FieldSpec constant(Constant constant) {
    ClassName type = ClassName.get(GroupEmitter.RUNTIME, constant.type());
    return FieldSpec.builder(
            type, names.constant(constant), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("new $T($L)", type, constant.arguments())
        .build();
  }

  private FieldSpec instance(String group) {
    ClassName type = ClassName.get("", names.groupClass(group));
    return FieldSpec.builder(type, names.group(group), Modifier.PRIVATE, Modifier.FINAL)
        .initializer("new $T()", type)
        .build();
  }

  private MethodSpec constructor() {
    return skeleton
        .constructor()
        .addStatement(
            "super($S,$W$S,$Wdevice,$Wbatch,$WLAYOUT,$W$L,$W$L,$W$L,$W$L)",
            source.declaration().qualifiedName(),
            GeneratedNetwork.VERSION,
            source.input().channels(),
            source.input().height(),
            source.input().width(),
            source.classes())
        .addStatement("declared()")
        .build();
  }

  private MethodSpec pass(String name, Modifier access, String part, List<Call> calls) {
    CodeBlock.Builder code = CodeBlock.builder();
    source.groups(calls).forEach(group -> code.addStatement("$L.$L()", names.group(group), part));
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(access)
        .addCode(code.build())
        .build();
  }

  private MethodSpec describe() {
    MethodSpec.Builder method = skeleton.describe();
    method.addStatement(
        "$1T summary = new $1T($2S)",
        Skeleton.SUMMARY_BUILDER,
        source.declaration().qualifiedName());
    for (String group : source.groups()) {
      method.addStatement("$L.describe(summary)", names.groupClass(group));
    }
    return method.addStatement("return summary.build(LAYOUT)").build();
  }
}
