package dev.selkie.processor.model;

import java.util.List;
import java.util.Map;

/**
 * One method: a layer's name, what it is, and what it reads.
 *
 * @param name the method's name
 * @param kind the simple name of its annotation, such as {@code Conv}; empty where that could not
 *     be read, which is a problem already reported
 * @param values every member of the annotation, defaults included: Integer, Long, Boolean, Double,
 *     String for an enum constant, or a List of Integer
 * @param block what a {@code @Stage} repeats; else null
 * @param edges the parameters in order
 * @param site the annotation
 * @param valueSites where each member was written; the annotation itself where it was not
 */
public record LayerDeclaration(
    String name,
    String kind,
    Map<String, Object> values,
    ModelDeclaration block,
    List<Edge> edges,
    Site site,
    Map<String, Site> valueSites) {

  /** A parameter: the name of the layer it reads, or of the input. */
  public record Edge(String name, Site site) {}

  public LayerDeclaration {
    values = Map.copyOf(values);
    edges = List.copyOf(edges);
    valueSites = Map.copyOf(valueSites);
  }

  public boolean has(String member) {
    return values.containsKey(member);
  }

  public int integer(String member) {
    return (Integer) values.get(member);
  }

  /** A member's whole numbers: one, or those of its list; none of a member of another type. */
  public List<Integer> integers(String member) {
    Object value = values.get(member);
    if (value instanceof List<?> list) {
      return list.stream().map(Integer.class::cast).toList();
    }
    return value instanceof Integer number ? List.of(number) : List.of();
  }

  public double real(String member) {
    return (Double) values.get(member);
  }

  public boolean flag(String member) {
    return (Boolean) values.get(member);
  }

  public String constant(String member) {
    return (String) values.get(member);
  }

  /** The place of a member's value. */
  public Site at(String member) {
    return valueSites.getOrDefault(member, site);
  }
}
