package dev.selkie.runtime.check;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.List;

/** What rules are made of; each throws one sentence with the operands and what they must be. */
final class Require {
  private Require() {}

  static void that(boolean holds, String sentence, Object... arguments) {
    if (!holds) {
      throw new BackendException(sentence.formatted(arguments));
    }
  }

  // ---- shapes -----------------------------------------------------------------------------------

  /** Activations of one shape and one type. */
  static void same(Tensor first, Tensor... others) {
    activations(first, others);
    for (Tensor other : others) {
      that(
          other.shape().equals(first.shape()),
          "%s is %s but %s is %s; both must have one shape",
          other.name(),
          other.shape(),
          first.name(),
          first.shape());
    }
  }

  /**
   * @param why it must have that shape, such as {@code the mean of each channel of x}
   */
  static void shape(Tensor tensor, Shape wanted, String why) {
    that(
        tensor.shape().equals(wanted),
        "%s is %s but must be %s, %s",
        tensor.name(),
        tensor.shape(),
        wanted,
        why);
  }

  /** One batch, and one number of channels: windows change rows and columns alone. */
  static void sameSamplesAndChannels(Tensor y, Tensor x) {
    that(
        y.shape().batch() == x.shape().batch() && y.shape().channels() == x.shape().channels(),
        "%s is %s but %s is %s; samples and channels must be alike",
        y.name(),
        y.shape(),
        x.name(),
        x.shape());
  }

  /** A float32 component of a record. */
  static void part(String component, Tensor tensor, Shape wanted) {
    that(tensor != null, "%s is null; only an optional component may be", component);
    float32(tensor);
    shape(tensor, wanted, "as the " + component + " of its layer");
  }

  /** A float32 vector. */
  static void vector(String component, Tensor tensor, int values) {
    part(component, tensor, Shape.vector(values));
  }

  /** A parameter and its gradient, both float32. */
  static void parameter(String component, Parameter parameter, Shape wanted) {
    that(parameter != null, "%s is null; only an optional component may be", component);
    part(component, parameter.value(), wanted);
    part("gradient of the " + component, parameter.gradient(), wanted);
    that(
        agrees(parameter.dimensions(), wanted),
        "%s has dimensions %s but its values are %s; PyTorch's order is out, in, height, width",
        parameter.name(),
        parameter.dimensions(),
        wanted);
  }

  private static boolean agrees(List<Integer> dimensions, Shape shape) {
    return switch (dimensions.size()) {
      case 1 -> dimensions.get(0) == shape.elements();
      case 2 -> dimensions.equals(List.of(shape.batch(), shape.perSample()));
      case 4 ->
          dimensions.equals(
              List.of(shape.batch(), shape.channels(), shape.height(), shape.width()));
      default -> false;
    };
  }

  static void vector(String component, Parameter parameter, int values) {
    parameter(component, parameter, Shape.vector(values));
  }

  // ---- types ------------------------------------------------------------------------------------

  /** All have the one type that the backend's precision gives to activations. */
  static void activations(Tensor first, Tensor... others) {
    that(
        first.element().isActivation(),
        "%s holds %s, which is no type of an activation",
        first.name(),
        first.element());
    for (Tensor other : others) {
      that(
          other.element() == first.element(),
          "%s holds %s but %s holds %s; activations of one verb have one type",
          other.name(),
          other.element(),
          first.name(),
          first.element());
    }
  }

  static void float32(Tensor tensor) {
    that(
        tensor.element() == Element.FLOAT32,
        "%s holds %s but must hold FLOAT32 in any precision",
        tensor.name(),
        tensor.element());
  }

  /** One such element for each value of an activation. */
  static void beside(Tensor marks, Element element, Tensor activation) {
    that(
        marks.element() == element && marks.shape().equals(activation.shape()),
        "%s is %s of %s but must be %s of %s, one for each value of %s",
        marks.name(),
        marks.shape(),
        marks.element(),
        activation.shape(),
        element,
        activation.name());
  }

  // ---- memory -----------------------------------------------------------------------------------

  /** The output lies on none of the others. */
  static void apart(Tensor output, Tensor... others) {
    for (Tensor other : others) {
      that(
          !output.extent().overlaps(other.extent()),
          "%s is written but lies on %s, which the verb needs; give it memory of its own",
          output.name(),
          other.name());
    }
  }

  /** The output may be the input itself, but not lie on a part of it. */
  static void inPlaceOrApart(Tensor output, Tensor input) {
    if (!output.extent().coincides(input.extent())) {
      apart(output, input);
    }
  }

  // ---- numbers ----------------------------------------------------------------------------------

  /** From 0 to below 1; NaN is not. */
  static void share(String name, float value) {
    that(value >= 0 && value < 1, "%s is %s but must be from 0 to below 1", name, value);
  }

  static void notNegative(String name, float value) {
    that(
        value >= 0 && value < Float.POSITIVE_INFINITY,
        "%s is %s but must be finite and at least 0",
        name,
        value);
  }

  static void atLeast(String name, long least, long value) {
    that(value >= least, "%s is %d but must be at least %d", name, value, least);
  }
}
