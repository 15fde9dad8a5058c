package dev.selkie.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Statistic;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Selkie's side of a comparison. */
final class SelkieTrainee {
  private SelkieTrainee() {}

  /** Trains a network for {@link Recipe#STEPS} steps on one batch. */
  static Trace train(TrainableNetwork network, Start start) {
    begin(network, start);
    Trace trace = new Trace();
    network.forward();
    trace.add("logits", "", read(network.logits()));
    trace.add("loss", "", read(network.loss()));
    for (Statistic statistic : network.statistics()) {
      trace.add("running statistic", statistic.name(), read(statistic.value()));
    }
    network.backward();
    for (Parameter parameter : network.parameters()) {
      trace.add("gradient", parameter.name(), read(parameter.gradient()));
    }
    OptimizerState sgd = new Sgd(Recipe.RATE, Recipe.MOMENTUM, Recipe.DECAY, false).bind(network);
    for (int step = 1; step <= Recipe.STEPS; step++) {
      if (step > 1) {
        network.forward();
        network.backward();
      }
      sgd.prepare((float) Recipe.RATE, step);
      sgd.update();
      for (Parameter parameter : network.parameters()) {
        trace.add("step " + step, parameter.name(), read(parameter.value()));
      }
    }
    return trace;
  }

  private static void begin(TrainableNetwork network, Start start) {
    assertEquals(shapes(start), shapes(network), "names and shapes of parameters");
    assertEquals(
        start.statistics().keySet(),
        network.statistics().stream().map(Statistic::name).collect(Collectors.toSet()));
    for (Parameter parameter : network.parameters()) {
      write(parameter.value(), start.parameters().get(parameter.name()).values());
    }
    for (Statistic statistic : network.statistics()) {
      write(statistic.value(), start.statistics().get(statistic.name()).values());
    }
    write(network.input(), start.images().values());
    float[] labels = new float[start.labels().size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = start.labels().get(i);
    }
    network.labels().write(labels);
  }

  private static Map<String, String> shapes(Start start) {
    Map<String, String> shapes = new TreeMap<>();
    start.parameters().forEach((name, p) -> shapes.put(name, Arrays.toString(p.shape())));
    return shapes;
  }

  private static Map<String, String> shapes(TrainableNetwork network) {
    return network.parameters().stream()
        .collect(
            Collectors.toMap(
                Parameter::name, p -> p.dimensions().toString(), (a, b) -> b, TreeMap::new));
  }

  private static void write(Tensor tensor, float[] channelsFirst) {
    float[] channelsLast = new float[channelsFirst.length];
    int[] order = order(tensor.shape());
    for (int i = 0; i < order.length; i++) {
      channelsLast[i] = channelsFirst[order[i]];
    }
    tensor.write(channelsLast);
  }

  private static double[] read(Tensor tensor) {
    int[] order = order(tensor.shape());
    float[] channelsLast = new float[order.length];
    tensor.read(channelsLast);
    double[] channelsFirst = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      channelsFirst[order[i]] = channelsLast[i];
    }
    return channelsFirst;
  }

  /** Where each value of NHWC order stands in NCHW order. */
  private static int[] order(Shape s) {
    int[] order = new int[Math.toIntExact(s.elements())];
    int i = 0;
    for (int n = 0; n < s.batch(); n++) {
      for (int p = 0; p < s.positions(); p++) {
        for (int c = 0; c < s.channels(); c++) {
          order[i++] = (n * s.channels() + c) * s.positions() + p;
        }
      }
    }
    return order;
  }
}
