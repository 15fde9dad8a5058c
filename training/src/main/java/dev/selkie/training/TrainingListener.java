package dev.selkie.training;

/** Watches training; called on its thread, so that a slow listener slows it down. */
public interface TrainingListener {
  /** Before the first step of an epoch, counted from 1. */
  default void epochStarted(int epoch, int epochs, int steps) {}

  /**
   * After each step.
   *
   * @param step from 1 within the epoch
   * @param images per step
   */
  default void stepDone(int step, int images, double loss) {}

  /** After the epoch's evaluation. */
  default void epochDone(EpochReport report) {}

  /**
   * A sentence that people should see: where a run goes on from, what is not as it was, what is
   * left when it fails.
   */
  default void note(String sentence) {}

  /** Watches nothing. */
  static TrainingListener none() {
    return new TrainingListener() {};
  }
}
