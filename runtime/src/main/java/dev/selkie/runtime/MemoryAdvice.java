package dev.selkie.runtime;

import java.util.Comparator;
import java.util.stream.Collectors;

/** What to say where a network's arena does not fit the device. */
final class MemoryAdvice {
  private static final int BUFFERS = 3;

  private MemoryAdvice() {}

  /**
   * The plan's largest buffers and the largest batch that would fit.
   *
   * @param available bytes of the device for the arena
   */
  static String of(NetworkSummary summary, int batch, Precision precision, long available) {
    return "The largest buffers of %s at batch %d are %s; %s"
        .formatted(
            summary.network(),
            batch,
            largest(summary, batch, precision),
            fit(summary, precision, available));
  }

  private static String largest(NetworkSummary summary, int batch, Precision precision) {
    return summary.layers().stream()
        .sorted(Comparator.comparingLong(MemoryAdvice::values).reversed())
        .limit(BUFFERS)
        .map(
            layer ->
                "%s (%dx%dx%dx%d, %,d bytes)"
                    .formatted(
                        layer.name(),
                        batch,
                        layer.channels(),
                        layer.height(),
                        layer.width(),
                        precision.activations().bytes(batch * values(layer))))
        .collect(Collectors.joining(", "));
  }

  private static long values(NetworkSummary.Layer layer) {
    return (long) layer.channels() * layer.height() * layer.width();
  }

  private static String fit(NetworkSummary summary, Precision precision, long available) {
    long images = images(summary, precision, available);
    if (images >= 1) {
      return "a batch of %d would fit, the libraries' workspace aside".formatted(images);
    }
    return precision.activations().bits() > 16
            && images(summary, Precision.BFLOAT16, available) >= 1
        ? "no batch fits in %s, but one of %d in bfloat16"
            .formatted(precision, images(summary, Precision.BFLOAT16, available))
        : "not even one image fits";
  }

  private static long images(NetworkSummary summary, Precision precision, long available) {
    return (available - summary.bytesFixed()) / summary.bytesPerSample(precision);
  }
}
