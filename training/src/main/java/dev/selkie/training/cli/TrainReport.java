package dev.selkie.training.cli;

import dev.selkie.training.EpochReport;
import java.util.List;

/**
 * The JSON of train and eval.
 *
 * @param testAccuracy null where training was stopped before it was known
 * @param notes what people were told beside the lines of the epochs
 */
record TrainReport(
    String network,
    String device,
    String data,
    long seed,
    int batch,
    String input,
    String recipe,
    List<EpochReport> epochs,
    Double testAccuracy,
    double seconds,
    List<String> notes) {
  TrainReport {
    notes = List.copyOf(notes);
  }

  /** The same run, further on. */
  TrainReport with(List<EpochReport> done, Double accuracy, double time, List<String> said) {
    return new TrainReport(
        network, device, data, seed, batch, input, recipe, done, accuracy, time, said);
  }
}
