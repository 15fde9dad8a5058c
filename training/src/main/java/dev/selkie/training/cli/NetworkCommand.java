package dev.selkie.training.cli;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.report.SummaryTable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command about one network on one device. */
abstract class NetworkCommand extends ReportingCommand {
  @Parameters(
      index = "0",
      paramLabel = "NETWORK",
      description = "The simple name of an annotated interface, or its full name.")
  private String network;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Where to run; the fastest that can be used, unless given.")
  private String device;

  @Mixin private PrecisionOption precision;

  @Option(
      names = "--eager",
      description =
          "Call verb by verb, also where a device could launch a whole step as one graph.")
  private boolean eager;

  @Option(names = "--batch", paramLabel = "N", description = "Images per step.")
  private int batch = 128;

  @Option(names = "--seed", paramLabel = "N", description = "What chance is drawn from.")
  private long seed = 1;

  final NetworkFactory factory() {
    return factory(network);
  }

  /** The network of that simple or full name. */
  final NetworkFactory factory(String name) {
    try {
      return Networks.find(name, NetworkFactory.all());
    } catch (Networks.UnknownNetwork e) {
      throw usage(e.getMessage());
    }
  }

  final Device device() {
    return announced(precision.device(device));
  }

  final boolean eager() {
    return eager;
  }

  @Override
  void requireSense() {
    require(batch >= 1, "--batch", "at least 1", batch);
  }

  final int batch() {
    return batch;
  }

  final long seed() {
    return seed;
  }

  /** The network at work, said in one line. */
  final TrainableNetwork open(NetworkFactory factory) {
    Device where = device();
    int images = batch();
    print(
        "%s on %s in %s: %s parameters, %s at batch %d"
            .formatted(
                Networks.simple(factory.name()),
                where.name(),
                where.precision(),
                SummaryTable.count(factory.summary().parameters()),
                SummaryTable.megabytes(factory.summary().bytes(images, where.precision())),
                images));
    return factory.create(where, Batch.batch(images));
  }
}
