package dev.selkie.random;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Statistic;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.reference.ReferenceTensor;
import java.util.Arrays;
import java.util.Random;

/** Weights, statistics, images and labels drawn from a seed; floats, so that all start alike. */
record Numbers(long seed) {
  /**
   * As wide as keeps the scale of what it is multiplied with; norms and biases not as they start.
   */
  double[] parameter(Parameter parameter) {
    Random random = random(parameter.name());
    double[] values = new double[(int) parameter.value().shape().elements()];
    boolean weight = parameter.dimensions().size() > 1;
    double deviation = Math.sqrt(2.0 / parameter.value().shape().perSample());
    boolean scale = !weight && parameter.name().endsWith(".weight");
    Arrays.setAll(
        values,
        i ->
            (float)
                (weight
                    ? deviation * random.nextGaussian()
                    : scale ? 0.5 + random.nextDouble() : 0.3 * random.nextGaussian()));
    return values;
  }

  double[] statistic(Statistic statistic) {
    Random random = random(statistic.name());
    double[] values = new double[(int) statistic.value().shape().elements()];
    boolean variance = statistic.name().endsWith("_var");
    Arrays.setAll(
        values, i -> (float) (variance ? 0.5 + random.nextDouble() : 0.3 * random.nextGaussian()));
    return values;
  }

  double[] images(int size) {
    Random random = random("images");
    double[] values = new double[size];
    Arrays.setAll(values, i -> (float) random.nextGaussian());
    return values;
  }

  int[] labels(int size, int classes) {
    return random("labels").ints(size, 0, classes).toArray();
  }

  private Random random(String name) {
    return new Random(seed * 0x9E3779B97F4A7C15L ^ name.hashCode() * 0xD1B54A32D192ED03L);
  }

  /** Everything before a step. */
  void write(TrainableNetwork network, float smoothing) {
    network.parameters().forEach(p -> write(p.value(), parameter(p)));
    network.statistics().forEach(s -> write(s.value(), statistic(s)));
    write(network.input(), images((int) network.input().shape().elements()));
    double[] labels =
        Arrays.stream(labels(network.batch(), network.classes())).asDoubleStream().toArray();
    write(network.labels(), labels);
    network.labelSmoothing(smoothing);
    network.backend().ops().seed(seed);
  }

  static void write(Tensor tensor, double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    tensor.write(floats);
  }

  /** In double where the device has them in double. */
  static double[] read(Tensor tensor) {
    if (tensor instanceof ReferenceTensor exact) {
      return exact.toArray();
    }
    float[] floats = new float[(int) tensor.shape().elements()];
    tensor.read(floats);
    double[] values = new double[floats.length];
    Arrays.setAll(values, i -> floats[i]);
    return values;
  }
}
