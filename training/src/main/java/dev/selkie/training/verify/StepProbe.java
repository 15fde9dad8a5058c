package dev.selkie.training.verify;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Takes one step of a network with weights and images drawn from a seed, and reads what came out.
 */
final class StepProbe implements AutoCloseable {
  private final TrainableNetwork network;
  private final long seed;

  StepProbe(TrainableNetwork network, long seed) {
    this.network = network;
    this.seed = seed;
  }

  /** Logits, losses and every parameter's gradient of training, then the logits of inference. */
  List<Quantity> quantities() {
    network.initialize(seed);
    writeBatch();
    network.backend().ops().seed(seed);
    network.forward();
    List<Quantity> quantities = new ArrayList<>();
    quantities.add(quantity("logits", network.logits()));
    quantities.add(quantity("loss", network.loss()));
    network.backward();
    for (Parameter parameter : network.parameters()) {
      quantities.add(quantity("d" + parameter.name(), parameter.gradient()));
    }
    network.fold();
    writeBatch();
    network.infer();
    quantities.add(quantity("inference", network.logits()));
    return quantities;
  }

  private void writeBatch() {
    Random random = new Random(seed);
    float[] images = new float[Math.toIntExact(network.input().shape().elements())];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    network.input().write(images);
    float[] labels = new float[network.batch()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(network.classes());
    }
    network.labels().write(labels);
  }

  private static Quantity quantity(String name, Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().elements())];
    tensor.read(values);
    return new Quantity(name, values);
  }

  @Override
  public void close() {
    network.close();
  }
}
