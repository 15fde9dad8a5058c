package dev.selkie.training.report;

import dev.selkie.training.EpochReport;
import dev.selkie.training.LossScaling;
import dev.selkie.training.TrainingListener;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A line for each epoch and, on a terminal, a bar within it: loss, images/s, time left. Text is
 * made a few times per second, not in every step.
 */
public final class Progress implements TrainingListener, AutoCloseable {
  private static final long REFRESH_NANOS = 250_000_000;

  private final Consumer<String> lines;
  private final boolean terminal;
  private ProgressBar bar;
  private int epochs;
  private double lossSum;
  private long refreshed;

  public Progress(Consumer<String> lines, boolean terminal) {
    this.lines = lines;
    this.terminal = terminal;
  }

  @Override
  public void epochStarted(int epoch, int count, int steps) {
    epochs = count;
    lossSum = 0;
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("epoch %d/%d".formatted(epoch, count))
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUpdateIntervalMillis(250)
              .build();
      refreshed = System.nanoTime();
    }
  }

  @Override
  public void stepDone(int step, int images, double loss) {
    lossSum += loss;
    if (bar == null) {
      return;
    }
    bar.step();
    long now = System.nanoTime();
    if (now - refreshed > REFRESH_NANOS) {
      refreshed = now;
      double seconds = bar.getElapsedAfterStart().toNanos() / 1e9;
      bar.setExtraMessage(
          String.format(
              Locale.ROOT, " loss %.3f, %.0f images/s", lossSum / step, step * images / seconds));
    }
  }

  @Override
  public void epochDone(EpochReport report) {
    close();
    lines.accept(
        String.format(
            Locale.ROOT,
            "epoch %d/%d  loss %.4f  test accuracy %.4f  %.0f images/s  %.1f s%s",
            report.epoch(),
            epochs,
            report.loss(),
            report.testAccuracy(),
            report.imagesPerSecond(),
            report.seconds(),
            scaling(report.scaling())));
  }

  /** What skipping cost belongs in the line, and a scale that falls and falls is a warning. */
  private static String scaling(LossScaling scaling) {
    return scaling == null
        ? ""
        : String.format(
            Locale.ROOT,
            "  %d steps skipped, loss scale %s",
            scaling.skippedSteps(),
            plain(scaling.lossScale()));
  }

  /** A power of two without needless digits: 65536, 0.5. */
  private static String plain(float scale) {
    return new BigDecimal(scale).toPlainString();
  }

  /** Takes the bar down; where training fails within an epoch, too. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
