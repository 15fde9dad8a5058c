package dev.selkie.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.LayerLine;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.runtime.GeneratedNetwork;
import dev.selkie.runtime.MadeOf;
import dev.selkie.runtime.Sidecar;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;

/** The class beside a block that says what the block's class file cannot. */
public final class SidecarEmitter {
  private static final String JAVADOC =
      """
      The layers of {@link $T} in the order of its source, with the names of what they read: its
      class file has neither. Networks of other compilations are made from this.
      """;

  private SidecarEmitter() {}

  /** Java source; without {@code @Generated}, whose module a library need not require. */
  public static String emit(ModelDeclaration block) {
    AnnotationSpec.Builder sidecar =
        AnnotationSpec.builder(Sidecar.class)
            .addMember("format", "$L", Sidecar.FORMAT)
            .addMember("generator", "$S", GeneratedNetwork.VERSION)
            .addMember("block", "$S", block.qualifiedName());
    LayerLine.of(block).forEach(line -> sidecar.addMember("layers", "$S", line.text()));
    TypeSpec type =
        TypeSpec.classBuilder(block.generatedName())
            .addJavadoc(JAVADOC, Skeleton.model(block))
            .addAnnotation(sidecar.build())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
            .build();
    return JavaFile.builder(block.packageName(), type)
        .skipJavaLangImports(true)
        .indent("  ")
        .build()
        .toString();
  }

  /** Adds to a network's class which sidecars it was made from. */
  static void refer(TypeSpec.Builder type, ModelDeclaration network) {
    TreeMap<String, ClassName> sidecars = new TreeMap<>();
    collect(network, sidecars);
    if (sidecars.isEmpty()) {
      return;
    }
    AnnotationSpec.Builder madeOf = AnnotationSpec.builder(MadeOf.class);
    sidecars.values().forEach(sidecar -> madeOf.addMember("value", "$T.class", sidecar));
    type.addAnnotation(madeOf.build());
  }

  private static void collect(ModelDeclaration model, TreeMap<String, ClassName> sidecars) {
    for (LayerDeclaration layer : model.layers()) {
      ModelDeclaration block = layer.block();
      if (block != null && !sidecars.containsKey(block.qualifiedName())) {
        sidecars.put(
            block.qualifiedName(), ClassName.get(block.packageName(), block.generatedName()));
        collect(block, sidecars);
      }
    }
  }
}
