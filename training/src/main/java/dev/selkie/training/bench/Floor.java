package dev.selkie.training.bench;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Ceilings;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.trace.Ledger;
import dev.selkie.training.bench.BenchmarkReport.FloorReport;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;

/** The physical floor of a benchmark's step. */
final class Floor {
  private Floor() {}

  /** Takes the step on a device that only keeps accounts. */
  static FloorReport of(NetworkFactory factory, int batch, Precision precision, Ceilings ceilings) {
    Ledger ledger = new Ledger();
    try (TrainableNetwork network = factory.create(ledger.device(precision), Batch.batch(batch))) {
      OptimizerState optimizer = Sgd.sgd(0.1).momentum(0.9).weightDecay(1e-4).bind(network);
      optimizer.prepare(0.1f, 1);
      network.forward();
      network.backward();
      optimizer.update();
    }
    double seconds = ledger.seconds(ceilings);
    return new FloorReport(
        batch / seconds,
        seconds * 1e3,
        ledger.bytes(),
        ledger.operations(),
        ceilings.bytesPerSecond(),
        ceilings.operationsPerSecond());
  }
}
