package dev.selkie.training.cli;

import dev.selkie.training.data.Augmentation;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.optimizer.AdamW;
import dev.selkie.training.optimizer.Optimizer;
import dev.selkie.training.optimizer.Schedule;
import dev.selkie.training.optimizer.Sgd;
import picocli.CommandLine.Option;

/** How to train; the defaults suit small residual networks. */
final class RecipeOptions {
  /** Rows and columns around an image; more than that leaves black images alone. */
  private static final int WIDEST = 1024;

  enum OptimizerName {
    SGD,
    ADAMW
  }

  enum ScheduleName {
    CONSTANT,
    STEP,
    COSINE
  }

  @Option(names = "--optimizer", description = "${COMPLETION-CANDIDATES}")
  private OptimizerName optimizer = OptimizerName.SGD;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "Highest learning rate; 0.1 for SGD, 0.002 for AdamW unless given.")
  private Double rate;

  @Option(names = "--momentum", paramLabel = "SHARE", description = "Of SGD.")
  private double momentum = 0.9;

  @Option(
      names = "--nesterov",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Nesterov's momentum.")
  private boolean nesterov;

  @Option(
      names = "--weight-decay",
      paramLabel = "DECAY",
      description =
          "On weights, not on norms and biases; 5e-4 for SGD, 0.05 for AdamW unless given.")
  private Double decay;

  @Option(names = "--schedule", description = "${COMPLETION-CANDIDATES}")
  private ScheduleName schedule = ScheduleName.COSINE;

  @Option(
      names = "--step-epochs",
      paramLabel = "EPOCHS",
      description = "Period of the step schedule.")
  private double period = 30;

  @Option(
      names = "--step-factor",
      paramLabel = "FACTOR",
      description = "Factor of the step schedule.")
  private double factor = 0.1;

  @Option(
      names = "--warm-up",
      paramLabel = "EPOCHS",
      description = "Epochs over which the rate rises; fractions are fine.")
  private double warmUp = 0.25;

  @Option(
      names = "--smoothing",
      paramLabel = "SHARE",
      description = "Label smoothing: share of the target spread over all classes.")
  private double smoothing;

  @Option(
      names = "--crop",
      paramLabel = "N",
      description = "Shift images at random by up to N pixels; unless given, as suits the data.")
  private Integer crop;

  @Option(
      names = "--flip",
      negatable = true,
      description = "Mirror half of the images; unless given, as suits the data.")
  private Boolean flip;

  /** Refuses what no optimiser, schedule or augmentation can work with. */
  void requireSense(ReportingCommand command) {
    command.require(rate == null || positive(rate), "--lr", "above 0, and finite in float32", rate);
    command.require(momentum >= 0 && momentum < 1, "--momentum", "from 0 to below 1", momentum);
    command.require(
        decay == null || decay >= 0 && Float.isFinite(decay.floatValue()),
        "--weight-decay",
        "at least 0, and finite in float32",
        decay);
    command.require(
        period > 0 && Double.isFinite(period), "--step-epochs", "above 0, and finite", period);
    command.require(
        factor > 0 && Double.isFinite(factor), "--step-factor", "above 0, and finite", factor);
    command.require(
        warmUp >= 0 && Double.isFinite(warmUp), "--warm-up", "at least 0, and finite", warmUp);
    command.require(
        smoothing >= 0 && (float) smoothing < 1, "--smoothing", "from 0 to below 1", smoothing);
    command.require(
        crop == null || crop >= 0 && crop <= WIDEST,
        "--crop",
        "from 0 to %d".formatted(WIDEST),
        crop);
  }

  /** Rates become float32, in which a smaller one would be none. */
  private static boolean positive(double value) {
    return (float) value > 0 && Float.isFinite((float) value);
  }

  Optimizer optimizer() {
    return switch (optimizer) {
      case SGD ->
          new Sgd(rate == null ? 0.1 : rate, momentum, decay == null ? 5e-4 : decay, nesterov);
      case ADAMW ->
          AdamW.adamW(rate == null ? 0.002 : rate).weightDecay(decay == null ? 0.05 : decay);
    };
  }

  Schedule schedule() {
    Schedule main =
        switch (schedule) {
          case CONSTANT -> Schedule.constant();
          case STEP -> Schedule.step(period, factor);
          case COSINE -> Schedule.cosine();
        };
    return main.warmUp(warmUp);
  }

  double smoothing() {
    return smoothing;
  }

  Augmentation augmentation(DataSet data) {
    Augmentation standard = data.augmentation();
    return new Augmentation(
        crop == null ? standard.crop() : crop, flip == null ? standard.flip() : flip);
  }

  String describe(Augmentation augmentation) {
    return "%s; %s schedule, warm-up %s epochs; crop %d%s; label smoothing %s"
        .formatted(
            optimizer().describe(),
            schedule.name().toLowerCase(java.util.Locale.ROOT),
            warmUp,
            augmentation.crop(),
            augmentation.flip() ? ", flip" : ", no flip",
            smoothing);
  }
}
