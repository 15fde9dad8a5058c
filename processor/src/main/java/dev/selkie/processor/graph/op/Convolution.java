package dev.selkie.processor.graph.op;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.CallBuilder;
import dev.selkie.processor.program.Constant;
import dev.selkie.processor.program.Field;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/**
 * y = weight * x (+ bias).
 *
 * @param prefix of the names of its parameters
 * @param padding explicit, or negative for SAME
 */
public record Convolution(
    String prefix,
    int out,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int dilation,
    int padding,
    int groups,
    boolean biased)
    implements Op {

  /** A 1x1 convolution without bias. */
  public static Convolution projection(String prefix, int out, int stride) {
    return new Convolution(prefix, out, 1, 1, stride, 1, 0, 1, false);
  }

  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    Dims x = inputs.get(0).dims();
    if (x.channels() % groups != 0) {
      throw indivisible(path, x.channels(), "input");
    }
    if (out % groups != 0) {
      throw indivisible(path, out, "output");
    }
    return new Dims(
        out,
        Window.output(
            path,
            kernelHeight == kernelWidth ? "kernel" : "kernelHeight",
            x.height(),
            kernelHeight,
            stride,
            dilation,
            paddingHeight()),
        Window.output(
            path,
            kernelHeight == kernelWidth ? "kernel" : "kernelWidth",
            x.width(),
            kernelWidth,
            stride,
            dilation,
            paddingWidth()));
  }

  @Override
  public long parameters(List<Dims> inputs) {
    return weights(inputs.get(0).channels()) + (biased ? out : 0);
  }

  @Override
  public long multiplyAdds(List<Dims> inputs, Dims output) {
    return Math.multiplyExact(weights(inputs.get(0).channels()), (long) output.positions());
  }

  @Override
  public void forward(Scope scope) {
    CallBuilder call = scope.call(biased ? "convolutionBiasForward" : "convolutionForward");
    call.write(scope.out()).read(scope.in(0)).with(weight(scope));
    if (biased) {
      call.with(bias(scope));
    }
    call.with(geometry()).comment(scope.outDims()).end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    Buffer dy = gradients.out();
    if (biased) {
      scope.call("biasBackward").with(bias(scope)).read(dy).end();
    }
    scope
        .call("convolutionBackwardWeights")
        .with(weight(scope))
        .read(scope.in(0))
        .read(dy)
        .with(geometry())
        .end();
    if (!gradients.wants(0)) {
      return;
    }
    if (gradients.begun(0)) {
      scope
          .call("convolutionBackwardDataAccumulate")
          .update(gradients.sum(0))
          .read(dy)
          .with(weight(scope))
          .with(geometry())
          .end();
    } else {
      scope
          .call("convolutionBackwardData")
          .write(gradients.target(0).buffer())
          .read(dy)
          .with(weight(scope))
          .with(geometry())
          .end();
    }
  }

  /** The field of its weight. */
  public Field weight(Scope scope) {
    return scope.convWeight(
        prefix + ".weight", out, scope.inDims(0).channels(), kernelHeight, kernelWidth, groups);
  }

  /** The field of its bias. */
  public Field bias(Scope scope) {
    return scope.bias(prefix + ".bias", out);
  }

  public Constant geometry() {
    return Constant.conv(
        kernelHeight, kernelWidth, stride, dilation, paddingHeight(), paddingWidth(), groups);
  }

  /** Without the bias. */
  public long weights(int in) {
    long taps = Math.multiplyExact((long) kernelHeight, (long) kernelWidth);
    return Math.multiplyExact(Math.multiplyExact((long) out, (long) (in / groups)), taps);
  }

  private int paddingHeight() {
    return Window.same(padding, kernelHeight, dilation);
  }

  private int paddingWidth() {
    return Window.same(padding, kernelWidth, dilation);
  }

  private ShapeException indivisible(String path, int channels, String which) {
    return new ShapeException(
        Message.NOT_DIVISIBLE, "groups", path, channels, which, groups, divisor(channels));
  }

  /** The largest number up to groups that divides these channels. */
  private int divisor(int channels) {
    int best = Math.min(groups, channels);
    while (channels % best != 0) {
      best--;
    }
    return best;
  }
}
