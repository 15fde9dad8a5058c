package dev.selkie.cpu;

/** Plain loops in two precisions: exact to double, or rounded to float32 at every step. */
enum Arithmetic {
  DOUBLE {
    @Override
    double round(double value) {
      return value;
    }
  },
  FLOAT {
    @Override
    double round(double value) {
      return (float) value;
    }
  };

  abstract double round(double value);

  /** sum + a b. */
  final double add(double sum, double a, double b) {
    return round(sum + round(a * b));
  }

  final double add(double sum, double a) {
    return round(sum + a);
  }

  /** A computation done once in each precision. */
  interface Loop {
    double[] run(Arithmetic in);
  }
}
