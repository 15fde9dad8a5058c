package dev.selkie.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.GeneratedNetwork;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.NetworkSummary;
import dev.selkie.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.List;
import javax.annotation.processing.Generated;
import javax.lang.model.element.Modifier;

/** The public signatures of a generated class, the same for a network and for its stub. */
final class Skeleton {
  static final ClassName SUMMARY_BUILDER =
      ClassName.get(GroupEmitter.RUNTIME, "NetworkSummary", "Builder");
  private static final AnnotationSpec GENERATED =
      AnnotationSpec.builder(Generated.class)
          .addMember("value", "$S", "dev.selkie.processor.NetworkProcessor")
          .build();
  private static final String NOT_COMPILED = " has errors; see what the compiler says of it";

  private final ModelDeclaration declaration;
  private final ClassName type;

  Skeleton(ModelDeclaration declaration) {
    this.declaration = declaration;
    this.type = ClassName.get(declaration.packageName(), declaration.generatedName());
  }

  /** A class that only says that its model has errors, so that those who use it still compile. */
  static String stub(ModelDeclaration declaration) {
    Skeleton skeleton = new Skeleton(declaration);
    TypeSpec.Builder stub = skeleton.type();
    stub.addMethod(skeleton.on());
    stub.addMethod(
        skeleton
            .constructor()
            .addStatement("super(null, null, device, batch, null, 0, 0, 0, 0)")
            .addStatement(
                "throw new $T($S)",
                IllegalStateException.class,
                declaration.simpleName() + NOT_COMPILED)
            .build());
    for (String pass : List.of("forwardLayers", "backwardLayers", "foldLayers", "inferLayers")) {
      stub.addMethod(empty(pass, Modifier.PROTECTED));
    }
    stub.addMethod(skeleton.summary());
    stub.addMethod(
        skeleton
            .describe()
            .addStatement(
                "throw new $T($S)",
                IllegalStateException.class,
                declaration.simpleName() + NOT_COMPILED)
            .build());
    stub.addType(skeleton.factory());
    return skeleton.file(stub.build());
  }

  /** The annotated interface. */
  static ClassName model(ModelDeclaration declaration) {
    String[] names = declaration.simpleName().split("\\.");
    return ClassName.get(
        declaration.packageName(), names[0], Arrays.copyOfRange(names, 1, names.length));
  }

  /** Java source. */
  String file(TypeSpec type) {
    return JavaFile.builder(declaration.packageName(), type)
        .skipJavaLangImports(!declaration.surroundings().hidesJavaLang())
        .indent("  ")
        .build()
        .toString();
  }

  TypeSpec.Builder type() {
    TypeSpec.Builder builder =
        TypeSpec.classBuilder(type)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .superclass(GeneratedNetwork.class);
    if (declaration.surroundings().seesGenerated()) {
      builder.addAnnotation(GENERATED);
    }
    return builder;
  }

  MethodSpec on() {
    return MethodSpec.methodBuilder("on")
        .addJavadoc(
            """
            The network on a device, with its arena; close it when done.

            @param device where it computes
            @param batch images per step
            @return the network, its parameters initialised from seed 0
            """)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(type)
        .addParameter(Device.class, "device")
        .addParameter(Batch.class, "batch")
        .addStatement("return new $T(device, batch)", type)
        .build();
  }

  MethodSpec.Builder constructor() {
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(Device.class, "device")
        .addParameter(Batch.class, "batch");
  }

  MethodSpec summary() {
    return MethodSpec.methodBuilder("summary")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(NetworkSummary.class)
        .addStatement("return describe()")
        .build();
  }

  MethodSpec.Builder describe() {
    return MethodSpec.methodBuilder("describe")
        .addJavadoc(
            """
            Layers, counts and memory, without a device.

            @return the same for all devices
            """)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(NetworkSummary.class);
  }

  TypeSpec factory() {
    return TypeSpec.classBuilder("Factory")
        .addJavadoc("How the command line finds the network.\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addSuperinterface(NetworkFactory.class)
        .addMethod(
            MethodSpec.constructorBuilder()
                .addJavadoc("For {@link java.util.ServiceLoader}.\n")
                .addModifiers(Modifier.PUBLIC)
                .build())
        .addMethod(
            factoryMethod("name", String.class)
                .addStatement("return $S", declaration.qualifiedName())
                .build())
        .addMethod(
            factoryMethod("create", TrainableNetwork.class)
                .addParameter(Device.class, "device")
                .addParameter(Batch.class, "batch")
                .addStatement("return on(device, batch)")
                .build())
        .addMethod(
            factoryMethod("summary", NetworkSummary.class)
                .addStatement("return describe()")
                .build())
        .build();
  }

  private static MethodSpec.Builder factoryMethod(String name, Class<?> returns) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(returns);
  }

  private static MethodSpec empty(String name, Modifier access) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(access)
        .build();
  }
}
