package dev.selkie.training;

import java.util.List;

/**
 * What training came to.
 *
 * @param testAccuracy after the last epoch
 */
public record TrainingReport(List<EpochReport> epochs, double testAccuracy, double seconds) {
  public TrainingReport {
    epochs = List.copyOf(epochs);
  }
}
