package dev.selkie.processor.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param site the annotation
 * @param valueSites where each member of the annotation was written
 * @param surroundings of the class that is generated
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
    Map<String, Site> valueSites,
    Surroundings surroundings) {

  /** The shape of one image, and where its numbers were written. */
  public record InputDeclaration(
      int channels, int height, int width, Map<String, Site> valueSites) {
    public InputDeclaration {
      valueSites = Map.copyOf(valueSites);
    }
  }

  public ModelDeclaration {
    layers = List.copyOf(layers);
    valueSites = Map.copyOf(valueSites);
  }

  public boolean isNetwork() {
    return input != null;
  }

  public String qualifiedName() {
    return packageName.isEmpty() ? simpleName : packageName + "." + simpleName;
  }

  /** The simple name of the class generated from a network, or of a block's sidecar. */
  public String generatedName() {
    return isNetwork() ? generatedName(simpleName) : sidecarName(simpleName);
  }

  /** The simple name of the class generated from a network of this simple name. */
  public static String generatedName(String simpleName) {
    return simpleName.replace('.', '_') + "Network";
  }

  /** The simple name of the class that bears the sidecar of a block of this simple name. */
  public static String sidecarName(String simpleName) {
    return simpleName.replace('.', '_') + "Sidecar";
  }

  /** How messages call a layer: a block's are told apart by the block's name. */
  public String path(LayerDeclaration layer) {
    return isNetwork() ? layer.name() : simpleName + "." + layer.name();
  }

  /** The layer of that name, which there is. */
  public LayerDeclaration layer(String name) {
    return layers.stream().filter(layer -> layer.name().equals(name)).findFirst().orElseThrow();
  }

  /** The stage of most units, here or in the blocks of stages; none where none repeats anything. */
  public Optional<LayerDeclaration> mostRepeated() {
    return layers.stream()
        .filter(layer -> layer.block() != null)
        .flatMap(stage -> Stream.concat(Stream.of(stage), stage.block().mostRepeated().stream()))
        .filter(stage -> stage.integer("repeat") > 1)
        .max(Comparator.comparingInt(stage -> stage.integer("repeat")));
  }

  /** The place of a member's value. */
  public Site at(String member) {
    return valueSites.getOrDefault(member, site);
  }

  public Site parametersSite() {
    return at("maxParameters");
  }

  public Site megabytesSite() {
    return at("maxMegabytes");
  }
}
