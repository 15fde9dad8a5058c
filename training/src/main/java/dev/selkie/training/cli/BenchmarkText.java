package dev.selkie.training.cli;

import dev.selkie.training.bench.BenchmarkReport;
import dev.selkie.training.bench.BenchmarkReport.FloorReport;
import dev.selkie.training.bench.BenchmarkReport.LossReport;
import dev.selkie.training.bench.BenchmarkReport.PeerReport;
import dev.selkie.training.bench.BenchmarkReport.StepMillis;
import dev.selkie.training.report.SummaryTable;
import dev.selkie.training.report.Table;
import java.util.ArrayList;
import java.util.List;

/** A benchmark's report for people: never a bare time. */
final class BenchmarkText {
  private BenchmarkText() {}

  static List<String> lines(BenchmarkReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s on %s, %s, batch %d, %d threads"
            .formatted(
                Networks.simple(report.network()),
                report.hardware(),
                report.precision(),
                report.batch(),
                report.threads()));
    lines.addAll(table(report).lines());
    if (report.ratio() != null) {
      lines.add("%.2f times the fastest peer".formatted(report.ratio()));
    }
    if (report.losses() != null) {
      lines.add(losses(report.losses()));
    }
    lines.addAll(overheads(report));
    lines.add(floor(report));
    report
        .failures()
        .forEach(
            failure ->
                lines.add(
                    "left out: %s %s, %s: %s"
                        .formatted(
                            failure.name(),
                            failure.variant(),
                            Networks.simple(failure.network()),
                            failure.reason())));
    return lines;
  }

  private static String losses(LossReport losses) {
    return "losses of %d steps from the same weights: %.3g from %s's in a finer precision, %.3g allowed: %s"
        .formatted(
            losses.selkie().size(),
            losses.error(),
            losses.name(),
            losses.allowed(),
            losses.agree() ? "they agree" : "THEY DO NOT AGREE");
  }

  private static Table table(BenchmarkReport report) {
    Table table = new Table("framework", "images/s", "p50 ms", "p95 ms", "steps", "peak memory");
    table.row(
        row(
            "selkie",
            report.imagesPerSecond(),
            report.stepMillis(),
            report.steps(),
            report.peakBytes()));
    for (PeerReport peer : report.peers()) {
      String name = "%s %s, %s".formatted(peer.name(), peer.version(), peer.variant());
      table.row(
          row(name, peer.imagesPerSecond(), peer.stepMillis(), peer.steps(), peer.peakBytes()));
    }
    return table;
  }

  private static String[] row(
      String name, double imagesPerSecond, StepMillis step, int steps, Long bytes) {
    return new String[] {
      name,
      "%.1f".formatted(imagesPerSecond),
      "%.2f".formatted(step.p50()),
      "%.2f".formatted(step.p95()),
      "" + steps,
      bytes == null ? "-" : SummaryTable.megabytes(bytes)
    };
  }

  private static List<String> overheads(BenchmarkReport report) {
    List<String> lines = new ArrayList<>();
    if (report.plain() == null) {
      return lines;
    }
    String plain = Networks.simple(report.plain().network());
    lines.add(
        "time over %s (%.1f images/s): %+.1f %%"
            .formatted(plain, report.plain().imagesPerSecond(), report.overheadPercent()));
    for (PeerReport peer : report.peers()) {
      if (peer.overheadPercent() != null) {
        lines.add(
            "the same of %s, %s (%.1f images/s): %+.1f %%"
                .formatted(
                    peer.name(),
                    peer.variant(),
                    peer.plainImagesPerSecond(),
                    peer.overheadPercent()));
      }
    }
    return lines;
  }

  private static String floor(BenchmarkReport report) {
    FloorReport floor = report.floor();
    if (floor == null) {
      return "share of the floor: " + report.floorNote();
    }
    return "%.1f %% of the floor: %.0f images/s where a copy moves %.2f TB/s and a product computes %.0f TFLOP/s"
        .formatted(
            100 * report.floorShare(),
            floor.imagesPerSecond(),
            floor.bytesPerSecond() / 1e12,
            floor.operationsPerSecond() / 1e12);
  }
}
