package dev.selkie.training.bench;

import java.util.List;

/**
 * What a benchmark measured; the keys of its JSON.
 *
 * @param hardware the device by the name its maker gave it
 * @param precision of activations and products
 * @param steps that were timed
 * @param stepsAtOnce steps of one measurement
 * @param imagesPerSecond batch / median step
 * @param peakBytes of device memory as the backend counts it, or of the training arena
 * @param plain Selkie on the plain network; null where none was given
 * @param overheadPercent median step over the plain network's, as time in excess; null without one
 * @param ratio to the fastest peer's images per second; null without a peer
 * @param losses of the same steps from the same weights; null where they were not asked for
 * @param failures peers' variants that could not take part, or not to the end
 * @param floor what the device could reach at most; null where its ceilings are not known
 * @param floorShare images per second over the floor's; null without one
 * @param floorNote why floorShare is null; null where it is not
 */
public record BenchmarkReport(
    String network,
    String device,
    String hardware,
    String precision,
    int batch,
    int threads,
    int steps,
    int stepsAtOnce,
    double imagesPerSecond,
    StepMillis stepMillis,
    long peakBytes,
    PlainReport plain,
    Double overheadPercent,
    List<PeerReport> peers,
    Double ratio,
    LossReport losses,
    List<Failure> failures,
    FloorReport floor,
    Double floorShare,
    String floorNote) {

  /** Median and 95th percentile of a step. */
  public record StepMillis(double p50, double p95) {
    static StepMillis of(StepTimes times) {
      return new StepMillis(times.percentileMillis(0.5), times.percentileMillis(0.95));
    }

    double imagesPerSecond(int batch) {
      return batch * 1e3 / p50;
    }

    /** The time that this takes in excess of the other. */
    double percentOver(StepMillis other) {
      return 100 * (p50 / other.p50 - 1);
    }
  }

  /** The network that another one is compared with. */
  public record PlainReport(
      String network, int steps, double imagesPerSecond, StepMillis stepMillis, long peakBytes) {
    static PlainReport of(Contestant contestant, int batch) {
      StepMillis millis = StepMillis.of(contestant.times());
      return new PlainReport(
          contestant.network(),
          contestant.times().steps(),
          millis.imagesPerSecond(batch),
          millis,
          contestant.memory().peakBytes());
    }
  }

  /**
   * One variant of one peer, measured in turn with Selkie.
   *
   * @param hardware by the name its maker gave it; empty where the peer does not say
   * @param peakBytes of its tensors on the device; null where it does not say
   * @param reservedBytes that it took from the device; null where it does not say
   * @param plainImagesPerSecond of its plain network; null without one
   * @param overheadPercent over its plain network; null without one
   */
  public record PeerReport(
      String name,
      String variant,
      String version,
      String hardware,
      int steps,
      double imagesPerSecond,
      StepMillis stepMillis,
      Long peakBytes,
      Long reservedBytes,
      Double plainImagesPerSecond,
      Double overheadPercent) {

    /**
     * @param plain null where there is none, or it failed
     */
    static PeerReport of(Contestant contestant, Contestant plain, int batch) {
      StepMillis millis = StepMillis.of(contestant.times());
      StepMillis base = plain == null ? null : StepMillis.of(plain.times());
      PeerMemory memory = contestant.memory();
      return new PeerReport(
          contestant.name(),
          contestant.variant(),
          contestant.run().version(),
          contestant.run().hardware(),
          contestant.times().steps(),
          millis.imagesPerSecond(batch),
          millis,
          memory == null ? null : memory.peakBytes(),
          memory == null ? null : memory.reservedBytes(),
          base == null ? null : base.imagesPerSecond(batch),
          base == null ? null : millis.percentOver(base));
    }
  }

  /**
   * Losses of steps from the same weights on the same batch.
   *
   * @param name of the peer
   * @param selkie one loss of each step, before its update
   * @param peer the peer's in the run's precision
   * @param exact the peer's in a precision that errs far less
   * @param error the largest of Selkie's from exact
   * @param allowed twice the largest of the peer's from exact, and a few ulps
   */
  public record LossReport(
      String name,
      List<Double> selkie,
      List<Double> peer,
      List<Double> exact,
      double error,
      double allowed,
      boolean agree) {}

  /** Who dropped out, with which network, and why. */
  public record Failure(String name, String variant, String network, String reason) {}

  /**
   * The least time of a step, were each of its verbs at the ceiling that binds it.
   *
   * @param bytes that a step has to move
   * @param operations of a step's products, a multiply-add as two
   * @param bytesPerSecond of a copy, measured in this run
   * @param operationsPerSecond of a matrix product, measured in this run
   */
  public record FloorReport(
      double imagesPerSecond,
      double stepMillis,
      long bytes,
      long operations,
      double bytesPerSecond,
      double operationsPerSecond) {}
}
