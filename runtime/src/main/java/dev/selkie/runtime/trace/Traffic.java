package dev.selkie.runtime.trace;

import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes that one verb has to move. A tensor among the arguments is read once or written once,
 * and so is a parameter; only what is otherwise is said here.
 */
final class Traffic {
  private Traffic() {}

  static long bytes(Ledger.Call call) {
    return activations(call) + mask(call) + parameters(call) + small(call) + optimizer(call);
  }

  // ---- activations ------------------------------------------------------------------------------

  private static long activations(Ledger.Call call) {
    List<Tensor> t = direct(call);
    return switch (call.verb()) {
      case "sgd", "adamW" -> 0;
      // The forward's output is there for backends that take the mask from it: bits are less.
      case "batchNormBackwardSums", "batchNormBackward" -> sum(t) - bytes(t.get(t.size() - 2));
      case "batchNormAddBackwardSums", "batchNormAddBackward" -> {
        boolean normed = call.first(Epilogue.class).residualNorm() != null;
        yield sum(t) - bytes(t.get(t.size() - 3)) - (normed ? 0 : bytes(t.get(t.size() - 1)));
      }
      case "convolutionForward", "convolutionBiasForward" -> bytes(t.get(0)) + sampled(call, 1, 0);
      case "convolutionBackwardWeights" -> bytes(t.get(1)) + sampled(call, 0, 1);
      case "convolutionBackwardDataAccumulate" -> bytes(t.get(1)) + 2 * sampled(call, 0, 1);
      case "accumulate" -> 2 * bytes(t.get(0)) + bytes(t.get(1));
      case "concatForward", "concatBackward", "channelSplitForward" ->
          2 * Math.min(bytes(t.get(0)), bytes(t.get(1)));
      case "channelSplitBackwardAccumulate" -> 3 * bytes(t.get(1));
      default -> sum(t);
    };
  }

  /** A convolution whose stride is larger than its kernel leaves positions of x alone. */
  private static long sampled(Ledger.Call call, int x, int y) {
    List<Tensor> t = direct(call);
    ConvGeometry g = call.first(ConvGeometry.class);
    Shape all = t.get(x).shape();
    Shape windows = t.get(y).shape();
    long height = Math.min(all.height(), (long) windows.height() * g.kernelHeight());
    long width = Math.min(all.width(), (long) windows.width() * g.kernelWidth());
    return bytes(t.get(x)) / all.positions() * height * width;
  }

  /** A pass over activations writes its ReLU's mask, or reads it. */
  private static long mask(Ledger.Call call) {
    Epilogue epilogue = call.first(Epilogue.class);
    if (epilogue == null || !epilogue.hasRelu() || direct(call).isEmpty()) {
      return 0;
    }
    return bytes(epilogue.mask());
  }

  // ---- parameters -------------------------------------------------------------------------------

  private static long parameters(Ledger.Call call) {
    boolean gradients =
        call.verb().endsWith("BackwardWeights") || call.verb().equals("biasBackward");
    long sum = 0;
    for (Object argument : call.arguments()) {
      if (argument instanceof Parameter parameter) {
        sum += gradients ? 2 * bytes(parameter.value()) : bytes(parameter.value());
      }
    }
    if (call.verb().equals("selectConvolutionForward")) {
      for (Branch branch : call.first(Selection.class).branches()) {
        sum += bytes(branch.weight().value());
      }
    }
    return sum;
  }

  /** The layers between squeeze and gate: backward adds to their gradients, too. */
  private static long small(Ledger.Call call) {
    long weights = SmallLayers.of(call).stream().mapToLong(w -> bytes(w.value())).sum();
    return SmallLayers.backward(call) ? 3 * weights : weights;
  }

  /** Values and states are read and written, gradients read. */
  private static long optimizer(Ledger.Call call) {
    ParameterSpan span = call.first(ParameterSpan.class);
    if (span == null) {
      return 0;
    }
    long states = direct(call).size();
    return (2 + 1 + 2 * states) * bytes(span.values());
  }

  // ---- tensors ----------------------------------------------------------------------------------

  /** Tensors that are arguments of their own or in lists: whole activations. */
  static List<Tensor> direct(Ledger.Call call) {
    List<Tensor> found = new ArrayList<>();
    for (Object argument : call.arguments()) {
      if (argument instanceof Tensor tensor) {
        found.add(tensor);
      } else if (argument instanceof List<?> list) {
        list.stream().filter(Tensor.class::isInstance).map(Tensor.class::cast).forEach(found::add);
      }
    }
    return found;
  }

  private static long sum(List<Tensor> tensors) {
    return tensors.stream().mapToLong(Traffic::bytes).sum();
  }

  private static long bytes(Tensor tensor) {
    return tensor.element().bytes(tensor.shape().elements());
  }
}
