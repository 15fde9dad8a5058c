package dev.selkie.processor.testing;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.LayerDeclaration.Edge;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.model.ModelDeclaration.InputDeclaration;
import dev.selkie.processor.model.Site;
import dev.selkie.processor.model.Surroundings;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Declarations without a compiler, for tests of the phases behind the reader. */
public final class Models {
  private static final Site NOWHERE = new Site() {};

  private Models() {}

  public static ModelDeclaration network(
      int channels, int height, int width, List<LayerDeclaration> layers) {
    return model("Model", new InputDeclaration(channels, height, width, Map.of()), layers);
  }

  public static ModelDeclaration block(String name, LayerDeclaration... layers) {
    return model(name, null, List.of(layers));
  }

  /**
   * A layer with its annotation's defaults, but for these values: names and values in turn.
   *
   * @param reads names of its parameters, apart by blanks
   */
  public static LayerDeclaration layer(String name, String kind, String reads, Object... values) {
    return declare(name, kind, null, reads, values);
  }

  public static LayerDeclaration stage(
      String name, ModelDeclaration block, String reads, Object... values) {
    return declare(name, "Stage", block, reads, values);
  }

  private static LayerDeclaration declare(
      String name, String kind, ModelDeclaration block, String reads, Object... values) {
    Map<String, Object> all = defaults(kind);
    for (int i = 0; i < values.length; i += 2) {
      all.put((String) values[i], values[i + 1]);
    }
    List<Edge> edges =
        Arrays.stream(reads.split(" ")).map(edge -> new Edge(edge, NOWHERE)).toList();
    return new LayerDeclaration(name, kind, all, block, edges, NOWHERE, Map.of());
  }

  private static ModelDeclaration model(
      String name, InputDeclaration input, List<LayerDeclaration> layers) {
    return new ModelDeclaration(
        "", name, input, 0, 0, 1, layers, NOWHERE, Map.of(), Surroundings.USUAL);
  }

  private static Map<String, Object> defaults(String kind) {
    Map<String, Object> values = new HashMap<>();
    try {
      for (Method member : Class.forName("dev.selkie.annotation." + kind).getDeclaredMethods()) {
        Object value = member.getDefaultValue();
        if (value != null) {
          values.put(member.getName(), plain(value));
        }
      }
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
    return values;
  }

  /** As the reader gives it. */
  private static Object plain(Object value) {
    if (value instanceof int[] numbers) {
      return Arrays.stream(numbers).boxed().toList();
    }
    return value instanceof Enum<?> constant ? constant.name() : value;
  }
}
