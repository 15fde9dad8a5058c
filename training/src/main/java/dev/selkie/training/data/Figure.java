package dev.selkie.training.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The ten kinds of drawn shapes: whether a point belongs to one, in coordinates where it fills the
 * circle of radius 1. Only comparisons, sums and products, so that every machine draws the same.
 */
enum Figure {
  CIRCLE {
    @Override
    boolean contains(double x, double y) {
      return x * x + y * y <= 0.8;
    }
  },
  SQUARE {
    @Override
    boolean contains(double x, double y) {
      return Math.abs(x) <= 0.75 && Math.abs(y) <= 0.75;
    }
  },
  TRIANGLE {
    @Override
    boolean contains(double x, double y) {
      return y <= 0.5 && Math.abs(x) * SQRT3 <= y + 1;
    }
  },
  STAR {
    /** The pentagram: inside at least four of five half planes (normals 72 degrees apart). */
    @Override
    boolean contains(double x, double y) {
      int inside = 0;
      for (int i = 0; i < FIFTHS.length; i += 2) {
        inside += x * FIFTHS[i] + y * FIFTHS[i + 1] <= 0.309 ? 1 : 0;
      }
      return inside >= 4 && x * x + y * y <= 1;
    }
  },
  CROSS {
    @Override
    boolean contains(double x, double y) {
      double a = Math.abs(x);
      double b = Math.abs(y);
      return Math.max(a, b) <= 0.95 && Math.min(a, b) <= 0.28;
    }
  },
  RING {
    @Override
    boolean contains(double x, double y) {
      double square = x * x + y * y;
      return square <= 0.9 && square >= 0.35;
    }
  },
  CRESCENT {
    @Override
    boolean contains(double x, double y) {
      double shifted = x - 0.45;
      return x * x + y * y <= 0.95 && shifted * shifted + y * y >= 0.6;
    }
  },
  HOURGLASS {
    @Override
    boolean contains(double x, double y) {
      return Math.abs(y) <= 0.85 && Math.abs(x) <= Math.abs(y) * 0.8 + 0.06;
    }
  },
  ARROW {
    @Override
    boolean contains(double x, double y) {
      boolean head = y <= 0 && Math.abs(x) <= (y + 0.95) * 0.8;
      boolean shaft = y > 0 && y <= 0.9 && Math.abs(x) <= 0.2;
      return head || shaft;
    }
  },
  STRIPES {
    @Override
    boolean contains(double x, double y) {
      boolean stripe = Math.abs(y) <= 0.2 || Math.abs(y) >= 0.5;
      return Math.abs(x) <= 0.8 && Math.abs(y) <= 0.85 && stripe;
    }
  };

  private static final double SQRT3 = 1.7320508075688772;

  /** Cosine and sine of 90, 162, 234, 306 and 378 degrees. */
  private static final double[] FIFTHS = {
    0,
    1,
    -0.9510565162951535,
    0.3090169943749475,
    -0.5877852522924732,
    -0.8090169943749473,
    0.5877852522924729,
    -0.8090169943749476,
    0.9510565162951536,
    0.3090169943749472
  };

  abstract boolean contains(double x, double y);

  static List<String> names() {
    return Stream.of(values()).map(figure -> figure.name().toLowerCase(Locale.ROOT)).toList();
  }
}
