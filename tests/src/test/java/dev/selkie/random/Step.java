package dev.selkie.random;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Statistic;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What comes out of a training step, the inference after it and an update, by name.
 *
 * @param sizes of gradients, what their summands come to without their signs; only the interpreter
 *     knows them
 */
record Step(Map<String, double[]> quantities, Map<String, Double> sizes) {
  static final float SMOOTHING = 0.1f;

  /** A loss may be 0, and then has no size that an error could be compared with. */
  private static final String FORWARD = "logits and loss";

  private static final float RATE = 0.1f;
  private static final float DECAY = 0.01f;
  private static final Sgd SGD = Sgd.sgd(RATE).weightDecay(DECAY);

  /** Of a generated network. */
  static Step take(TrainableNetwork network, Numbers numbers) {
    OptimizerState update = SGD.bind(network);
    Map<String, double[]> found = new LinkedHashMap<>();
    numbers.write(network, SMOOTHING);
    network.forward();
    found.put(FORWARD, both(Numbers.read(network.logits()), Numbers.read(network.loss())));
    network.backward();
    network.parameters().forEach(p -> found.put("d" + p.name(), Numbers.read(p.gradient())));
    network.statistics().forEach(s -> found.put(s.name(), Numbers.read(s.value())));
    network.fold();
    double[] images = numbers.images((int) network.input().shape().elements());
    Numbers.write(network.input(), images);
    network.infer();
    found.put("inference", Numbers.read(network.logits()));
    update.prepare(RATE, 1);
    update.update();
    network.parameters().forEach(p -> found.put(p.name(), Numbers.read(p.value())));
    return new Step(found, Map.of());
  }

  /** The same by the interpreter, of a network with those parameters and statistics. */
  static Step interpret(Model model, TrainableNetwork like, Numbers numbers) {
    int batch = like.batch();
    Weights weights = weights(like, numbers);
    Value images = images(model, batch, numbers);
    Tape tape = new Tape(true, weights, numbers.seed());
    Value logits = Interpreter.run(tape, model, images);
    int[] labels = numbers.labels(batch, logits.dims.channels());
    Map<String, double[]> found = new LinkedHashMap<>();
    found.put(FORWARD, both(logits.v, Interpreter.loss(logits, labels, SMOOTHING)));
    tape.backward();
    Map<String, Double> sizes = new HashMap<>();
    for (Parameter p : like.parameters()) {
      found.put("d" + p.name(), weights.gradient(p.name()));
      sizes.put("d" + p.name(), weights.size(p.name()));
    }
    like.statistics().forEach(s -> found.put(s.name(), weights.value(s.name()).clone()));
    Tape inference = new Tape(false, weights, numbers.seed());
    found.put("inference", Interpreter.run(inference, model, images(model, batch, numbers)).v);
    like.parameters().forEach(p -> found.put(p.name(), updated(weights, p)));
    if (!weights.unread().isEmpty()) {
      throw new AssertionError("the documentation knows nothing of " + weights.unread());
    }
    return new Step(found, sizes);
  }

  /** Weight decay is for what has more than one dimension: not for norms and biases. */
  private static double[] updated(Weights weights, Parameter parameter) {
    double[] w = weights.value(parameter.name()).clone();
    double[] g = weights.gradient(parameter.name());
    double decay = parameter.dimensions().size() > 1 ? DECAY : 0;
    Arrays.setAll(w, i -> w[i] - RATE * (g[i] + decay * w[i]));
    return w;
  }

  private static double[] both(double[] a, double[] b) {
    double[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  static Weights weights(TrainableNetwork like, Numbers numbers) {
    Weights weights = new Weights();
    Set<String> names = new TreeSet<>();
    for (Parameter parameter : like.parameters()) {
      weights.put(parameter.name(), numbers.parameter(parameter));
      names.add(parameter.name());
    }
    for (Statistic statistic : like.statistics()) {
      weights.put(statistic.name(), numbers.statistic(statistic));
      names.add(statistic.name());
    }
    if (names.size() < like.parameters().size() + like.statistics().size()) {
      throw new AssertionError("a name is there twice: " + like.parameters());
    }
    return weights;
  }

  static Value images(Model model, int batch, Numbers numbers) {
    Value images = new Value(batch, model.input());
    System.arraycopy(numbers.images(images.v.length), 0, images.v, 0, images.v.length);
    return images;
  }
}
