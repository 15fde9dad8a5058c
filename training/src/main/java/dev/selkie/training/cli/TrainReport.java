package dev.selkie.training.cli;

import dev.selkie.training.EpochReport;
import java.util.List;

/** The JSON of train and eval. */
record TrainReport(
    String network,
    String device,
    String data,
    long seed,
    int batch,
    String input,
    String recipe,
    List<EpochReport> epochs,
    double testAccuracy,
    double seconds) {}
