package dev.selkie.training.cli;

import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.NetworkSummary;
import dev.selkie.training.data.DataSets;
import dev.selkie.training.report.SummaryTable;
import dev.selkie.training.report.Table;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Show networks, data sets and devices.")
final class ListCommand extends ReportingCommand {
  private record Network(String name, String simpleName, long parameters, long multiplyAdds) {}

  private record DeviceEntry(String name, boolean usable, String missing) {}

  private record Report(List<Network> networks, List<String> data, List<DeviceEntry> devices) {}

  @Override
  Outcome execute() {
    Report report = new Report(networks(), DataSets.names(), devices());
    Table networks = new Table("network", "parameters", "multiply-adds", "full name");
    for (Network network : report.networks()) {
      networks.row(
          network.simpleName(),
          SummaryTable.count(network.parameters()),
          SummaryTable.count(network.multiplyAdds()),
          network.name());
    }
    networks.lines().forEach(this::print);
    print("");
    print("data: " + String.join(", ", report.data()));
    print("");
    Table devices = new Table("device", "usable");
    for (DeviceEntry device : report.devices()) {
      devices.row(device.name(), device.usable() ? "yes" : "no: " + device.missing());
    }
    devices.lines().forEach(this::print);
    return Outcome.of(report);
  }

  private static List<Network> networks() {
    return NetworkFactory.all().stream()
        .map(NetworkFactory::summary)
        .sorted(Comparator.comparing(NetworkSummary::network))
        .map(ListCommand::network)
        .toList();
  }

  private static Network network(NetworkSummary summary) {
    return new Network(
        summary.network(),
        Networks.simple(summary.network()),
        summary.parameters(),
        summary.multiplyAdds());
  }

  private static List<DeviceEntry> devices() {
    return ServiceLoader.load(BackendProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(BackendProvider::preference).reversed())
        .map(ListCommand::device)
        .toList();
  }

  private static DeviceEntry device(BackendProvider provider) {
    String missing = provider.missing().orElse("");
    return new DeviceEntry(provider.device(), missing.isEmpty(), missing);
  }
}
