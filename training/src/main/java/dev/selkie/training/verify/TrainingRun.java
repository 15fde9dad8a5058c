package dev.selkie.training.verify;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Replay;
import dev.selkie.runtime.Statistic;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.conformance.LossScale;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps of SGD with momentum on one network, its weights and each step's batch from a seed. */
final class TrainingRun implements AutoCloseable {
  private static final int BATCH = 4;
  private static final float RATE = 0.05f;

  private final TrainableNetwork network;
  private final OptimizerState optimizer;
  private final long seed;
  private final float[] start;
  private final List<float[]> losses = new ArrayList<>();

  TrainingRun(NetworkFactory factory, Device device, long seed) {
    this.network = factory.create(device, Batch.batch(BATCH));
    LossScale.lower(network.backend());
    network.initialize(seed);
    this.optimizer = Sgd.sgd(RATE).momentum(0.9).weightDecay(1e-4).bind(network);
    this.seed = seed;
    this.start = weights().values();
  }

  /** A number of steps, verb by verb. */
  void eager(int steps) {
    for (int i = 0; i < steps; i++) {
      begin();
      verbs();
      end();
    }
  }

  /** The step as the backend records it; it must have run before. */
  Optional<Replay> record() {
    return network.backend().record(this::verbs);
  }

  /** A number of steps, each by one launch. */
  void replayed(Replay replay, int steps) {
    for (int i = 0; i < steps; i++) {
      begin();
      replay.launch();
      end();
    }
  }

  private void begin() {
    long step = losses.size() + 1;
    Probes.writeBatch(network, 31 * seed + step, Element.FLOAT32);
    network.backend().ops().seed(seed + step);
    optimizer.prepare(RATE, step);
  }

  private void verbs() {
    network.forward();
    network.backward();
    optimizer.update();
  }

  private void end() {
    losses.add(Probes.read(network.loss()));
  }

  /** All losses so far; all parameters, and how far they have moved; running statistics. */
  List<Quantity> quantities() {
    Quantity weights = weights();
    float[] moved = weights.values().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= start[i];
    }
    return List.of(
        Quantity.of("losses", losses.toArray(float[][]::new)),
        weights,
        new Quantity("change of the weights", moved),
        Quantity.of("statistics", network.statistics().stream().map(Statistic::value).toList()));
  }

  private Quantity weights() {
    return Quantity.of("weights", network.parameters().stream().map(Parameter::value).toList());
  }

  @Override
  public void close() {
    network.close();
  }
}
