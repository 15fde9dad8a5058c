package dev.selkie.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** A model that is being drawn: its layers so far, with the shapes that they give. */
final class Sketch {
  /** What a network has parameters of. */
  enum Parameters {
    ALL,
    /** No norms and no biases: nothing without weight decay. */
    WEIGHTS,
    /** Nothing but norms: nothing with weight decay. */
    NORMS,
    NONE;

    boolean weights() {
      return this == ALL || this == WEIGHTS;
    }

    boolean norms() {
      return this == ALL || this == NORMS;
    }
  }

  /** A layer's output, or the model's input. */
  record Ref(String name, Dims dims) {
    int channels() {
      return dims.channels();
    }
  }

  private static final String POWERS = "2^";

  final Random random;
  final int batch;
  final Parameters parameters;
  private final String name;
  private final Map<String, Integer> names;
  private final int depth;
  private final List<Layer> layers = new ArrayList<>();

  Sketch(Random random, String name, int batch, Parameters parameters) {
    this(random, name, batch, parameters, new HashMap<>(), 0);
  }

  private Sketch(
      Random random,
      String name,
      int batch,
      Parameters parameters,
      Map<String, Integer> names,
      int depth) {
    this.random = random;
    this.name = name;
    this.batch = batch;
    this.parameters = parameters;
    this.names = names;
    this.depth = depth;
  }

  /** A block of the same network. */
  Sketch block() {
    String own = name.replaceAll("Block.*", "") + "Block" + names.merge("block", 1, Integer::sum);
    return new Sketch(random, own, batch, parameters, names, depth + 1);
  }

  /**
   * Whether one more product keeps all values in float32's range: a product of a value with itself
   * doubles its power, and in a unit it does so for each repetition.
   */
  boolean mayMultiply() {
    int cost = depth == 0 ? 1 : depth == 1 ? 3 : 6;
    if (names.getOrDefault(POWERS, 0) + cost > 3) {
      return false;
    }
    names.merge(POWERS, cost, Integer::sum);
    return true;
  }

  boolean mayNest() {
    return depth < 2;
  }

  Model model(Dims input) {
    return new Model(name, input, layers);
  }

  /**
   * Adds a layer.
   *
   * @param values members and their values in turn
   */
  Ref add(String kind, Dims dims, List<Ref> inputs, Object... values) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      if (values[i + 1] != null) {
        members.put((String) values[i], values[i + 1]);
      }
    }
    String stem = Character.toLowerCase(kind.charAt(0)) + kind.substring(1);
    String own = stem + names.merge(stem, 1, Integer::sum);
    layers.add(new Layer(own, kind, members, inputs.stream().map(Ref::name).toList()));
    return new Ref(own, dims);
  }

  Ref add(String kind, Dims dims, Ref input, Object... values) {
    return add(kind, dims, List.of(input), values);
  }

  // ---- chance -----------------------------------------------------------------------------------

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  @SafeVarargs
  final <T> T pick(T... of) {
    return of[random.nextInt(of.length)];
  }

  <T> T orNull(double share, T value) {
    return chance(share) ? value : null;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number of channels: odd ones, small ones, and now and then many. */
  int channels() {
    return pick(1, 3, 4, 5, 6, 8, 8, 8, 12, 16, chance(0.2) ? 40 : 10);
  }

  /** A divisor of all of these numbers. */
  int divisor(int... numbers) {
    List<Integer> found = new ArrayList<>();
    Predicate<Integer> divides = d -> Arrays.stream(numbers).allMatch(number -> number % d == 0);
    for (int d = 1; d <= numbers[0]; d++) {
      if (divides.test(d)) {
        found.add(d);
      }
    }
    return found.get(random.nextInt(found.size()));
  }

  /**
   * Whether a norm of that shape has enough values to each channel. Of two values the normalised
   * are 1 and -1 whatever they were: what comes through is rounding, which has no right result.
   */
  boolean mayNorm(Dims dims) {
    return parameters.norms() && batch * dims.positions() >= 6;
  }
}
