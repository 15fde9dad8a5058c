package dev.selkie.runtime.trace;

import dev.selkie.runtime.Branch;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.List;

/**
 * The operations of one verb's products: each weight meets every output position of its layer once,
 * forward and in either backward pass, and a multiply-add counts as two.
 */
final class Products {
  private Products() {}

  static long operations(Ledger.Call call) {
    return 2 * (layer(call) + small(call));
  }

  private static long layer(Ledger.Call call) {
    List<Tensor> t = Traffic.direct(call);
    return switch (call.verb()) {
      case "convolutionForward", "convolutionBiasForward", "denseForward", "denseBiasForward" ->
          multiplyAdds(call.first(Parameter.class), t.get(0).shape());
      case "convolutionBackwardData",
          "convolutionBackwardDataAccumulate",
          "convolutionBackwardWeights",
          "denseBackwardData",
          "denseBackwardWeights" ->
          multiplyAdds(call.first(Parameter.class), t.get(1).shape());
      case "convolutionInference", "convolutionAddInference" ->
          t.get(2).shape().elements() * positions(t.get(0).shape());
      case "selectConvolutionForward" -> {
        long sum = 0;
        List<Branch> branches = call.first(Selection.class).branches();
        for (int m = 0; m < branches.size(); m++) {
          sum += multiplyAdds(branches.get(m).weight(), t.get(m).shape());
        }
        yield sum;
      }
      default -> 0;
    };
  }

  private static long small(Ledger.Call call) {
    List<Parameter> weights = SmallLayers.of(call);
    if (weights.isEmpty()) {
      return 0;
    }
    long elements = weights.stream().mapToLong(w -> w.value().shape().elements()).sum();
    return elements * SmallLayers.samples(call) * (SmallLayers.backward(call) ? 2 : 1);
  }

  private static long multiplyAdds(Parameter weight, Shape y) {
    return weight.value().shape().elements() * positions(y);
  }

  private static long positions(Shape y) {
    return (long) y.batch() * y.positions();
  }
}
