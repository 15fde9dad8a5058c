package dev.selkie.training.cli;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.NetworkSummary;
import dev.selkie.training.report.SummaryTable;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "summary", description = "Show a network's layers, counts and memory plan.")
final class SummaryCommand extends ReportingCommand {
  @Parameters(
      paramLabel = "NETWORK",
      description = "The simple name of an annotated interface, or its full name.")
  private String network;

  @Option(names = "--batch", paramLabel = "N", description = "Images per step.")
  private int batch = 128;

  private record Layer(
      String name, String op, List<Integer> output, long parameters, long multiplyAdds) {}

  private record Report(
      String network,
      long parameters,
      long multiplyAdds,
      long bytesPerSample,
      long bytesFixed,
      int batch,
      long bytes,
      List<Layer> layers) {}

  @Override
  void requireSense() {
    require(batch >= 1, "--batch", "at least 1", batch);
  }

  @Override
  Outcome execute() {
    NetworkSummary summary;
    try {
      summary = Networks.find(network, NetworkFactory.all()).summary();
    } catch (Networks.UnknownNetwork e) {
      throw usage(e.getMessage());
    }
    SummaryTable.lines(summary, batch).forEach(this::print);
    return Outcome.of(
        new Report(
            summary.network(),
            summary.parameters(),
            summary.multiplyAdds(),
            summary.bytesPerSample(),
            summary.bytesFixed(),
            batch,
            summary.bytes(batch),
            summary.layers().stream().map(SummaryCommand::layer).toList()));
  }

  private static Layer layer(NetworkSummary.Layer layer) {
    return new Layer(
        layer.name(),
        layer.op(),
        List.of(layer.channels(), layer.height(), layer.width()),
        layer.parameters(),
        layer.multiplyAdds());
  }
}
