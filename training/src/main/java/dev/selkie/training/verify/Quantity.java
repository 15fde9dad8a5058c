package dev.selkie.training.verify;

/**
 * Named values of a network, compared as one vector: where float32 decides a ReLU beside its kink
 * otherwise, single values differ, but the vector hardly does.
 */
record Quantity(String name, float[] values) {
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

  private double length() {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
