package dev.selkie.runtime.conformance;

import java.util.function.Consumer;

/**
 * One situation in which verbs are compared.
 *
 * @param name what is called on which shapes; unique
 * @param body declares tensors, then calls verbs
 */
public record OpCase(String name, Consumer<Fixture> body) {
  @Override
  public String toString() {
    return name;
  }
}
