package dev.selkie.processor.read;

import dev.selkie.processor.model.ModelDeclaration;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

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

  /** The type of that full name as another's module sees it; null where there is none. */
  static TypeElement lookUp(String name, TypeElement from, Elements elements) {
    ModuleElement module = elements.getModuleOf(from);
    return module == null ? elements.getTypeElement(name) : elements.getTypeElement(module, name);
  }

  /** The full name of the class generated from a network. */
  public static String generatedName(TypeElement network) {
    return inPackageOf(network, ModelDeclaration.generatedName(simpleName(network)));
  }

  /** The full name of the class that bears a block's sidecar. */
  static String sidecarName(TypeElement block) {
    return inPackageOf(block, ModelDeclaration.sidecarName(simpleName(block)));
  }

  /** The full name of a type of that simple name in the package of another. */
  static String inPackageOf(TypeElement type, String name) {
    String around = packageName(type);
    return around.isEmpty() ? name : around + "." + name;
  }
}
