package dev.selkie.cuda;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.trace.IdleBackend;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every convolution that networks would ask cuDNN for, with the channels that the backend adds:
 * they take a step on a device that does nothing.
 */
final class ConvolutionsOfTheZoo {
  private static final int BATCH = 2;

  private final Set<ConvolutionShape> shapes = new LinkedHashSet<>();
  private final List<Convolutions> asked;

  ConvolutionsOfTheZoo() {
    Driver recorder = recorder();
    asked =
        Arrays.stream(Precision.values())
            .map(precision -> new Convolutions(recorder, precision))
            .toList();
  }

  /** Training and inference of one network, in all precisions. */
  void add(NetworkFactory factory) {
    try (TrainableNetwork network = factory.create(IdleBackend.device(ops()), Batch.batch(BATCH))) {
      network.forward();
      network.backward();
      network.fold();
      network.infer();
    }
  }

  Set<ConvolutionShape> shapes() {
    return shapes;
  }

  private Ops ops() {
    return (Ops)
        Proxy.newProxyInstance(
            Ops.class.getClassLoader(),
            new Class<?>[] {Ops.class},
            (proxy, verb, arguments) -> {
              if (arguments != null) {
                called(verb.getName(), List.of(arguments));
              }
              return null;
            });
  }

  private void called(String verb, List<Object> arguments) {
    List<Tensor> tensors = of(Tensor.class, arguments);
    for (ConvGeometry geometry : of(ConvGeometry.class, arguments)) {
      switch (verb) {
        case "convolutionBackwardData", "convolutionBackwardDataAccumulate" ->
            ask(tensors.get(0), tensors.get(1), geometry, Driver.Pass.BACKWARD_DATA);
        case "convolutionBackwardWeights" ->
            ask(tensors.get(0), tensors.get(1), geometry, Driver.Pass.BACKWARD_WEIGHTS);
        default -> ask(tensors.get(1), tensors.get(0), geometry, Driver.Pass.FORWARD);
      }
    }
    if (verb.equals("selectConvolutionForward")) {
      List<?> outputs = (List<?>) arguments.get(0);
      List<Branch> branches = of(Selection.class, arguments).get(0).branches();
      for (int m = 0; m < branches.size(); m++) {
        Tensor y = (Tensor) outputs.get(m);
        ask(tensors.get(0), y, branches.get(m).geometry(), Driver.Pass.FORWARD);
      }
    }
  }

  private void ask(Tensor x, Tensor y, ConvGeometry geometry, Driver.Pass pass) {
    asked.forEach(convolutions -> convolutions.at(x, y, geometry, pass));
  }

  private static <T> List<T> of(Class<T> type, List<Object> arguments) {
    return arguments.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Notes which convolutions it is asked for, and has none. */
  private Driver recorder() {
    return answering(
        Driver.class,
        arguments -> {
          Arrays.stream(arguments)
              .filter(ConvolutionShape.class::isInstance)
              .forEach(shape -> shapes.add((ConvolutionShape) shape));
          return answering(Driver.Convolution.class, ignored -> null);
        });
  }

  private interface Answer {
    Object to(Object... arguments);
  }

  private static <T> T answering(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                answer.to(arguments == null ? new Object[0] : arguments)));
  }
}
