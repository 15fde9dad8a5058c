package dev.selkie.training.verify;

import dev.selkie.runtime.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Named values of a network, compared as one vector: where rounding decides a ReLU beside its kink
 * otherwise, single values differ, but the vector hardly does.
 */
record Quantity(String name, float[] values) {
  /** All values of several tensors. */
  static Quantity of(String name, List<Tensor> tensors) {
    return of(name, tensors.stream().map(Probes::read).toArray(float[][]::new));
  }

  static Quantity of(String name, float[]... parts) {
    float[] all = new float[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int next = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, next, part.length);
      next += part.length;
    }
    return new Quantity(name, all);
  }

  /** The Euclidean distance of another vector from this one, relative to this one's length. */
  double error(Quantity other) {
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = (double) other.values[i] - values[i];
      squares += difference * difference;
    }
    double length = length();
    return Math.sqrt(squares) / (length == 0 ? 1 : length);
  }

  /** How many values have other bits. */
  long differences(Quantity other) {
    long count = 0;
    for (int i = 0; i < values.length; i++) {
      if (Float.floatToIntBits(values[i]) != Float.floatToIntBits(other.values[i])) {
        count++;
      }
    }
    return count;
  }

  private double length() {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
