package dev.selkie.network;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Inputs for networks under test, and what comes out of them. */
final class Batches {
  private Batches() {}

  /** Writes a random batch with labels in turn. */
  static void fill(TrainableNetwork network, long seed) {
    Random random = new Random(seed);
    float[] images = new float[(int) network.input().shape().elements()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    network.input().write(images);
    float[] labels = new float[network.batch()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % network.classes();
    }
    network.labels().write(labels);
  }

  static float[] values(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().elements()];
    tensor.read(values);
    return values;
  }

  static Map<String, float[]> gradients(TrainableNetwork network) {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      gradients.put(parameter.name(), values(parameter.gradient()));
    }
    return gradients;
  }

  static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
