package dev.selkie.random;

import dev.selkie.annotation.Activation;
import dev.selkie.annotation.Bias;
import dev.selkie.random.Sketch.Parameters;
import dev.selkie.random.Sketch.Ref;
import java.util.List;
import java.util.Random;

/** Draws sound networks: a seed's network is always the same. */
final class Generator {
  private static final int MOST_IMAGES = 17;

  private Generator() {}

  /** A network, and how many images it is given at a time. */
  record Drawn(long seed, Model model, int batch) {}

  static Drawn draw(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    int batch = random.nextInt(4) == 0 ? 1 + random.nextInt(MOST_IMAGES) : 1 + random.nextInt(4);
    batch = random.nextInt(5) == 0 ? Math.max(8, batch) : batch;
    Sketch s = new Sketch(random, "Drawn" + seed, batch, parameters(random.nextInt(20)));
    Dims input = new Dims(s.pick(1, 2, 3, 3, 4, 8), 1 + s.below(8), 1 + s.below(8));
    input = s.chance(0.1) ? new Dims(input.channels(), 11, 12) : input;
    int length = s.parameters == Parameters.NONE ? 1 + s.below(3) : s.below(7);
    Ref end = new Joints(s).chain(new Ref("image", input), length);
    head(s, end);
    return new Drawn(seed, s.model(input), batch);
  }

  private static Parameters parameters(int draw) {
    return switch (draw) {
      case 0, 1 -> Parameters.WEIGHTS;
      case 2, 3 -> Parameters.NORMS;
      case 4 -> Parameters.NONE;
      default -> Parameters.ALL;
    };
  }

  /** Logits: classes x 1 x 1. */
  private static void head(Sketch s, Ref x) {
    if (!s.parameters.weights()) {
      Ref y = s.parameters.norms() && s.chance(0.7) ? new Layers(s).norm(x) : x;
      // Of a single class there is nothing to learn: all gradients are rounding.
      Dims two = y.dims().withChannels(2);
      y = y.channels() == 1 ? s.add("PaddedShortcut", two, y, "out", 2) : y;
      s.add("GlobalAveragePool", new Dims(y.channels(), 1, 1), y);
      return;
    }
    Ref y = x;
    if (s.chance(0.7)) {
      y = s.add("GlobalAveragePool", new Dims(x.channels(), 1, 1), x);
    } else if (s.chance(0.3)) {
      y =
          s.add(
              "Dense",
              new Dims(7, 1, 1),
              List.of(x),
              "out",
              7,
              "bias",
              bias(s),
              "activation",
              Activation.RELU);
    }
    int classes = s.pick(2, 3, 10);
    s.add("Dense", new Dims(classes, 1, 1), List.of(y), "out", classes, "bias", bias(s));
  }

  private static Bias bias(Sketch s) {
    return s.parameters.norms() ? s.orNull(0.3, Bias.NO) : Bias.NO;
  }
}
