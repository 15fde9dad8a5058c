package dev.selkie.processor.read;

import java.util.List;

/**
 * What the user wrote: one annotated interface, layer by layer, as values.
 *
 * @param packageName empty for the unnamed package
 * @param simpleName the interface's name; those of nested interfaces joined by dots
 * @param input shape of one image; null for a block
 * @param maxParameters 0 for no budget
 * @param maxMegabytes 0 for no budget
 * @param batch images per step for which {@code maxMegabytes} is checked
 * @param layers in the order they were read, which carries no meaning
 */
public record ModelDeclaration(
    String packageName,
    String simpleName,
    InputDeclaration input,
    long maxParameters,
    long maxMegabytes,
    int batch,
    List<LayerDeclaration> layers,
    Site site,
    Site parametersSite,
    Site megabytesSite) {

  /** The shape of one image. */
  public record InputDeclaration(int channels, int height, int width) {}

  public ModelDeclaration {
    layers = List.copyOf(layers);
  }

  public boolean isNetwork() {
    return input != null;
  }

  public String qualifiedName() {
    return packageName.isEmpty() ? simpleName : packageName + "." + simpleName;
  }

  /** The simple name of the class generated from a network. */
  public String generatedName() {
    return simpleName.replace('.', '_') + "Network";
  }
}
