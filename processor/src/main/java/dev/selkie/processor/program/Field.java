package dev.selkie.processor.program;

import java.util.List;

/**
 * A field of a group's generated class that is no planned buffer: a parameter, a norm, an epilogue.
 *
 * @param path unique in the network, such as {@code stage1.0.reduce.weight}
 * @param group the group that declares it
 * @param type simple name of its type in {@code dev.selkie.runtime}, or {@link #LIST}
 * @param initializer what makes it; see {@link Text}
 * @param footprint what it takes of the arena's fixed regions
 */
public record Field(
    String path, String group, String type, List<Object> initializer, Footprint footprint) {

  /** The type of a list of tensors. */
  public static final String LIST = "List<Tensor>";

  public Field {
    initializer = List.copyOf(initializer);
  }
}
