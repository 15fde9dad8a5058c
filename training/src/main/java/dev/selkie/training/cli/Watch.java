package dev.selkie.training.cli;

import dev.selkie.training.EpochReport;
import dev.selkie.training.TrainingListener;
import dev.selkie.training.report.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What {@code train} knows of its run at any moment, also from the thread that ends the process.
 */
final class Watch implements TrainingListener {
  private final Progress progress;
  private final Consumer<String> notes;
  private final List<EpochReport> reports = new CopyOnWriteArrayList<>();
  private volatile int epoch;
  private volatile int step;

  /**
   * @param progress shows the epochs
   * @param notes receives the sentences
   */
  Watch(Progress progress, Consumer<String> notes) {
    this.progress = progress;
    this.notes = notes;
  }

  @Override
  public void epochStarted(int number, int epochs, int steps) {
    epoch = number;
    step = 0;
    progress.epochStarted(number, epochs, steps);
  }

  @Override
  public void stepDone(int number, int images, double loss) {
    step = number;
    progress.stepDone(number, images, loss);
  }

  @Override
  public void epochDone(EpochReport report) {
    reports.add(report);
    progress.epochDone(report);
  }

  @Override
  public void note(String sentence) {
    notes.accept(sentence);
  }

  /** Of the epochs that are done. */
  List<EpochReport> reports() {
    return List.copyOf(reports);
  }

  /** From 1; 0 before the first. */
  int epoch() {
    return epoch;
  }

  /** Where the run is, in words. */
  String place() {
    return epoch == 0 ? "before the first step" : "in epoch %d, step %d".formatted(epoch, step);
  }
}
