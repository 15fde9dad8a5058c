package dev.selkie.training.bench;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.GeneratedNetwork;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.StepWork;
import dev.selkie.training.checkpoint.Weights;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Selkie's own side of a benchmark: the same step as a peer's. */
final class SelkieRun implements PeerRun {
  private static final float RATE = 0.01f;

  private final TrainableNetwork network;
  private final OptimizerState optimizer;
  private final StepWork work;
  private final float[] losses;
  private long step;

  SelkieRun(NetworkFactory factory, Device device, int batch, boolean eager) {
    this.network = factory.create(device, Batch.batch(batch));
    this.optimizer = Sgd.sgd(RATE).momentum(0.9).weightDecay(1e-4).bind(network);
    this.work = new StepWork(network, optimizer, eager);
    this.losses = new float[batch];
    network.input().write(images());
    network.labels().write(labels());
  }

  private float[] images() {
    Random random = new Random(1);
    float[] images = new float[Math.toIntExact(network.input().shape().elements())];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    return images;
  }

  private float[] labels() {
    Random random = new Random(2);
    float[] labels = new float[network.batch()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(network.classes());
    }
    return labels;
  }

  /** Leaves its weights and its batch in files. */
  LossTask handOver(Path folder, int steps) throws IOException {
    LossTask task =
        new LossTask(
            folder.resolve("weights"), folder.resolve("images"), folder.resolve("labels"), steps);
    Weights.save(network, task.weights(), 0, Map.of());
    write(task.images(), images());
    write(task.labels(), labels());
    return task;
  }

  private static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  /** Of each step the mean loss, before its update. */
  List<Double> losses(int count) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps(1);
      double sum = 0;
      for (float loss : losses) {
        sum += loss;
      }
      all.add(sum / losses.length);
    }
    return all;
  }

  /** The same for a peer. */
  PeerTask task(int threads) {
    Backend backend = network.backend();
    return new PeerTask(
        network.name(),
        network.summary().parameters(),
        network.input().shape(),
        network.classes(),
        backend.device(),
        backend.precision(),
        threads);
  }

  Backend backend() {
    return network.backend();
  }

  @Override
  public String version() {
    return GeneratedNetwork.VERSION;
  }

  @Override
  public String hardware() {
    return network.backend().hardware();
  }

  /** Ends by reading the loss, so that a device that queues work has done it. */
  @Override
  public long steps(int count) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      step++;
      optimizer.prepare(RATE, step);
      if (!work.launched()) {
        work.verbs();
      }
    }
    network.loss().read(losses);
    return System.nanoTime() - start;
  }

  /** What the backend counts; the plan of the network's arena where it does not. */
  @Override
  public PeerMemory memory() {
    int batch = network.batch();
    long planned = network.summary().bytes(batch, network.backend().precision());
    return new PeerMemory(network.backend().heldBytes().orElse(planned), null);
  }

  @Override
  public void close() {
    network.close();
  }
}
