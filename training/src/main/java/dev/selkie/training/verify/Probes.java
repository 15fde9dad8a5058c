package dev.selkie.training.verify;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Halves;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import java.util.Random;

/** What all probes of a network write to it and read from it. */
final class Probes {
  private Probes() {}

  static float[] read(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().elements())];
    tensor.read(values);
    return values;
  }

  /** Images and class numbers drawn from a seed, the images rounded to that type. */
  static void writeBatch(TrainableNetwork network, long seed, Element type) {
    Random random = new Random(seed);
    float[] images = new float[Math.toIntExact(network.input().shape().elements())];
    for (int i = 0; i < images.length; i++) {
      images[i] = Halves.round(type, (float) random.nextGaussian());
    }
    network.input().write(images);
    float[] labels = new float[network.batch()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(network.classes());
    }
    network.labels().write(labels);
  }

  /** Weights, as opposed to norms and biases, rounded to that type. */
  static void roundWeights(TrainableNetwork network, Element type) {
    for (Parameter parameter : network.parameters()) {
      if (parameter.dimensions().size() > 1) {
        float[] values = read(parameter.value());
        for (int i = 0; i < values.length; i++) {
          values[i] = Halves.round(type, values[i]);
        }
        parameter.value().write(values);
      }
    }
  }
}
