package dev.selkie.training.bench;

import java.util.List;

/**
 * What a benchmark measured; the keys of its JSON.
 *
 * @param imagesPerSecond batch / median step
 * @param peakBytes of the training arena at this batch
 * @param ratio to the fastest peer's images per second; null without a peer
 * @param floorShare share of the physical floor; null where none is known for the device
 * @param floorNote why floorShare is null
 */
public record BenchmarkReport(
    String network,
    String device,
    String precision,
    int batch,
    int threads,
    int steps,
    double imagesPerSecond,
    StepMillis stepMillis,
    long peakBytes,
    List<PeerReport> peers,
    Double ratio,
    Double floorShare,
    String floorNote) {

  /** Median and 95th percentile of a step. */
  public record StepMillis(double p50, double p95) {}

  /** One variant of one peer, measured in turn with Selkie. */
  public record PeerReport(
      String name,
      String variant,
      String version,
      int steps,
      double imagesPerSecond,
      StepMillis stepMillis) {}
}
