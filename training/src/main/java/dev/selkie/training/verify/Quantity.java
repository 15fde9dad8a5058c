package dev.selkie.training.verify;

/** Named values of a network, compared as one vector. */
record Quantity(String name, float[] values) {
  private static final int ULPS = 4;

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

  /** A few units in the last place of every value, as such a distance. */
  double ulps() {
    return ULPS * (double) Math.ulp(1f);
  }

  private double length() {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
