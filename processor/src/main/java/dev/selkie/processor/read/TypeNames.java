package dev.selkie.processor.read;

import dev.selkie.processor.model.ModelDeclaration;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/** Names of types as declarations have them. */
public final class TypeNames {
  private TypeNames() {}

  /** Empty for the unnamed package. */
  public static String packageName(TypeElement type) {
    Element around = outermost(type).getEnclosingElement();
    return around instanceof PackageElement found ? found.getQualifiedName().toString() : "";
  }

  /** The type's name; those of nested types joined by dots. */
  public static String simpleName(TypeElement type) {
    String name = type.getSimpleName().toString();
    return type.getEnclosingElement() instanceof TypeElement outer
        ? simpleName(outer) + "." + name
        : name;
  }

  /** The type that a source file is named by. */
  public static TypeElement outermost(TypeElement type) {
    return type.getEnclosingElement() instanceof TypeElement outer ? outermost(outer) : type;
  }

  /** The full name of the class generated from a network. */
  public static String generatedName(TypeElement network) {
    return inPackageOf(network, ModelDeclaration.generatedName(simpleName(network)));
  }

  /** The full name of the class that bears a block's sidecar. */
  static String sidecarName(TypeElement block) {
    return inPackageOf(block, ModelDeclaration.sidecarName(simpleName(block)));
  }

  private static String inPackageOf(TypeElement type, String name) {
    String around = packageName(type);
    return around.isEmpty() ? name : around + "." + name;
  }
}
