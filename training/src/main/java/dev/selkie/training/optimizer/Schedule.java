package dev.selkie.training.optimizer;

/** The learning rate over the course of training, as a factor of the optimiser's own. */
@FunctionalInterface
public interface Schedule {
  /**
   * The factor for one step.
   *
   * @param epoch epochs done, with a fraction within one
   * @param epochs epochs in all
   */
  double factor(double epoch, double epochs);

  /** A few words for people and for the headers of checkpoints, such as {@code cosine}. */
  default String describe() {
    return "a schedule of its own";
  }

  /** The same rate throughout. */
  static Schedule constant() {
    return described("constant", (epoch, epochs) -> 1);
  }

  /** {@code gamma} to the power of the periods done, as PyTorch's StepLR. */
  static Schedule step(double period, double gamma) {
    Ranges.requirePositive("the period of a step schedule", period);
    Ranges.requirePositive("the factor of a step schedule", gamma);
    return described(
        "step by %s every %s epochs".formatted(gamma, period),
        (epoch, epochs) -> Math.pow(gamma, Math.floor(epoch / period)));
  }

  /**
   * {@code (1 + cos(pi epoch / epochs)) / 2}, down to 0 at the end, as PyTorch's CosineAnnealingLR
   * (Loshchilov and Hutter, 2017, without restarts).
   */
  static Schedule cosine() {
    return described("cosine", (epoch, epochs) -> (1 + Math.cos(Math.PI * epoch / epochs)) / 2);
  }

  /**
   * Rises in a straight line from a hundredth over the first epochs, as PyTorch's LinearLR with
   * {@code start_factor = 0.01}; then follows this schedule over the epochs that remain.
   */
  default Schedule warmUp(double warmEpochs) {
    Ranges.requireNotNegative("warm-up", warmEpochs);
    double start = 0.01;
    return described(
        "%s, warm-up %s epochs".formatted(describe(), warmEpochs),
        (epoch, epochs) ->
            epoch < warmEpochs
                ? start + (1 - start) * epoch / warmEpochs
                : factor(epoch - warmEpochs, epochs - warmEpochs));
  }

  /** The same course under a name. */
  private static Schedule described(String words, Schedule course) {
    return new Schedule() {
      @Override
      public double factor(double epoch, double epochs) {
        return course.factor(epoch, epochs);
      }

      @Override
      public String describe() {
        return words;
      }
    };
  }
}
