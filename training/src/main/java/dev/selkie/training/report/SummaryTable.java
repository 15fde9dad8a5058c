package dev.selkie.training.report;

import dev.selkie.runtime.NetworkSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A network's layers, counts and memory plan as text. */
public final class SummaryTable {
  private SummaryTable() {}

  public static List<String> lines(NetworkSummary summary, int batch) {
    Table table = new Table("layer", "op", "output", "parameters", "multiply-adds");
    for (NetworkSummary.Layer layer : summary.layers()) {
      table.row(
          layer.name(),
          layer.op(),
          "%d x %d x %d".formatted(layer.channels(), layer.height(), layer.width()),
          count(layer.parameters()),
          count(layer.multiplyAdds()));
    }
    table.row("total", "", "", count(summary.parameters()), count(summary.multiplyAdds()));
    List<String> lines = new ArrayList<>();
    lines.add(summary.network());
    lines.addAll(table.lines());
    lines.add(
        "training memory: %s bytes per image and %s fixed; %s at batch %d"
            .formatted(
                count(summary.bytesPerSample()),
                count(summary.bytesFixed()),
                megabytes(summary.bytes(batch)),
                batch));
    return lines;
  }

  public static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
