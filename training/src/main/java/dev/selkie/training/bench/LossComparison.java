package dev.selkie.training.bench;

import dev.selkie.training.bench.BenchmarkReport.LossReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether Selkie and a peer train alike: losses of the same steps from the same weights on the same
 * batch. The peer takes them also in a precision beside whose error that of the run is large; from
 * there Selkie may be twice as far as the peer is in the run's own precision.
 */
record LossComparison(BenchmarkTask task, int threads) {
  /** Of the largest loss, for a peer that happens to be exact. */
  private static final int ULPS = 4;

  /**
   * Takes the steps.
   *
   * @throws PeerException where the peer cannot
   */
  LossReport with(BenchmarkPeer peer) {
    Path folder = temporary();
    try {
      PeerTask own;
      LossTask steps;
      List<Double> selkie;
      try (SelkieRun run =
          new SelkieRun(task.network(), task.device(), task.batch(), task.eager())) {
        own = run.task(threads);
        steps = run.handOver(folder, task.lossSteps());
        selkie = run.losses(task.lossSteps());
      }
      return report(peer.name(), selkie, peer.losses(own, steps), peer.exactLosses(own, steps));
    } catch (IOException e) {
      throw new PeerException("weights cannot be handed over in " + folder + ": " + e, e);
    } finally {
      remove(folder);
    }
  }

  static LossReport report(
      String peer, List<Double> selkie, List<Double> theirs, List<Double> exact) {
    double largest = exact.stream().mapToDouble(Math::abs).max().orElse(0);
    double allowed = 2 * error(theirs, exact) + ULPS * Math.ulp((float) largest);
    double error = error(selkie, exact);
    // A peer that has diverged is no measure.
    boolean agree = Double.isFinite(allowed) && error <= allowed;
    return new LossReport(peer, selkie, theirs, exact, error, allowed, agree);
  }

  /** The largest; not a number where one of the losses is none. */
  private static double error(List<Double> losses, List<Double> exact) {
    if (losses.size() != exact.size()) {
      throw new PeerException(
          "%d losses were asked for, and %d came".formatted(exact.size(), losses.size()));
    }
    return IntStream.range(0, exact.size())
        .mapToDouble(i -> Math.abs(losses.get(i) - exact.get(i)))
        .reduce(0, Math::max);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("selkie-losses");
    } catch (IOException e) {
      throw new PeerException("no temporary folder for the weights: " + e.getMessage(), e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // The system clears its temporary folder.
      return;
    }
  }
}
