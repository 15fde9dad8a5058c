package dev.selkie.training.data;

import java.util.Random;

/**
 * One image: a figure of random size, place, tilt and colour before a shaded background, some
 * clutter in other colours, and noise on every pixel.
 */
final class Drawing {
  private static final int SAMPLES = 2;
  private static final int CLUTTER = 4;
  private static final double NOISE = 8;

  /** Radians to either side. */
  private static final double TURN = 0.5;

  private final int channels;
  private final int height;
  private final int width;
  private final Random random;
  private final double[] canvas;

  Drawing(int channels, int height, int width, long seed) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.random = new Random(seed);
    this.canvas = new double[channels * height * width];
  }

  /** Draws and writes the pixels from {@code offset} on. */
  void draw(Figure figure, byte[] pixels, int offset) {
    double[] background = colour();
    shade(background);
    for (int count = random.nextInt(CLUTTER); count > 0; count--) {
      stroke(colour());
    }
    figure(figure, contrasting(background));
    for (int i = 0; i < canvas.length; i++) {
      double value = canvas[i] + NOISE * random.nextGaussian();
      pixels[offset + i] = (byte) Math.max(0, Math.min(255, (int) StrictMath.rint(value)));
    }
  }

  private double[] colour() {
    return random.doubles(channels, 0, 255).toArray();
  }

  /** A colour at least 90 away on average over the channels. */
  private double[] contrasting(double[] background) {
    double[] candidate = colour();
    while (distance(candidate, background) < 90 * channels) {
      candidate = colour();
    }
    return candidate;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += Math.abs(a[c] - b[c]);
    }
    return sum;
  }

  /** The background, brighter towards one side. */
  private void shade(double[] colour) {
    double down = uniform(-25, 25);
    double right = uniform(-25, 25);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double light = down * (2.0 * y / height - 1) + right * (2.0 * x / width - 1);
        for (int c = 0; c < channels; c++) {
          canvas[(y * width + x) * channels + c] = colour[c] + light;
        }
      }
    }
  }

  /** A short bar at any place: nothing to be told from it. */
  private void stroke(double[] colour) {
    double side = Math.min(height, width);
    Placement place = place(side * uniform(0.06, 0.14));
    paint(place, colour, (x, y) -> Math.abs(x) <= 1 && Math.abs(y) <= 0.35);
  }

  private void figure(Figure figure, double[] colour) {
    double side = Math.min(height, width);
    paint(place(side * uniform(0.24, 0.42)), colour, figure::contains);
  }

  /** Centre, radius and turn in pixels; the circle lies within the image. */
  private record Placement(double x, double y, double radius, double cosine, double sine) {}

  private interface Region {
    boolean contains(double x, double y);
  }

  private Placement place(double radius) {
    double angle = uniform(-TURN, TURN);
    return new Placement(
        uniform(radius, width - radius),
        uniform(radius, height - radius),
        radius,
        StrictMath.cos(angle),
        StrictMath.sin(angle));
  }

  private void paint(Placement place, double[] colour, Region region) {
    int top = Math.max(0, (int) (place.y - 1.5 * place.radius));
    int left = Math.max(0, (int) (place.x - 1.5 * place.radius));
    int bottom = Math.min(height, (int) (place.y + 1.5 * place.radius) + 1);
    int right = Math.min(width, (int) (place.x + 1.5 * place.radius) + 1);
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        double cover = coverage(place, region, x, y);
        for (int c = 0; c < channels; c++) {
          int i = (y * width + x) * channels + c;
          canvas[i] += cover * (colour[c] - canvas[i]);
        }
      }
    }
  }

  /** Share of the pixel's sample points within the region. */
  private static double coverage(Placement place, Region region, int column, int row) {
    int hits = 0;
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
      double dx = (column + (i % SAMPLES + 0.5) / SAMPLES - place.x) / place.radius;
      double dy = (row + (i / SAMPLES + 0.5) / SAMPLES - place.y) / place.radius;
      double x = place.cosine * dx + place.sine * dy;
      double y = place.cosine * dy - place.sine * dx;
      hits += region.contains(x, y) ? 1 : 0;
    }
    return (double) hits / (SAMPLES * SAMPLES);
  }

  private double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
