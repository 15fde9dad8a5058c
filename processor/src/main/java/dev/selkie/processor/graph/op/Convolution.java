package dev.selkie.processor.graph.op;

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
 * @param groups as many, or negative for one for each input channel
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

  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    Dims x = inputs.get(0).dims();
    Divisibility.require(path, x.channels(), "input", "groups", groups(x.channels()));
    Divisibility.require(path, out, "output", "groups", groups(x.channels()));
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
    call.with(geometry(scope.inDims(0).channels())).comment(scope.outDims()).end();
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
        .with(geometry(scope.inDims(0).channels()))
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
          .with(geometry(scope.inDims(0).channels()))
          .end();
    } else {
      scope
          .call("convolutionBackwardData")
          .write(gradients.target(0).buffer())
          .read(dy)
          .with(weight(scope))
          .with(geometry(scope.inDims(0).channels()))
          .end();
    }
  }

  /** The field of its weight. */
  public Field weight(Scope scope) {
    return scope.convWeight(
        prefix + ".weight",
        out,
        scope.inDims(0).channels(),
        kernelHeight,
        kernelWidth,
        groups(scope.inDims(0).channels()));
  }

  /** The field of its bias. */
  public Field bias(Scope scope) {
    return scope.bias(prefix + ".bias", out);
  }

  public Constant geometry(int in) {
    return Constant.conv(
        kernelHeight, kernelWidth, stride, dilation, paddingHeight(), paddingWidth(), groups(in));
  }

  /** Without the bias. */
  public long weights(int in) {
    long taps = Math.multiplyExact((long) kernelHeight, (long) kernelWidth);
    return Math.multiplyExact(Math.multiplyExact((long) out, (long) (in / groups(in))), taps);
  }

  private int groups(int in) {
    return groups < 0 ? in : groups;
  }

  private int paddingHeight() {
    return Window.same(padding, kernelHeight, dilation);
  }

  private int paddingWidth() {
    return Window.same(padding, kernelWidth, dilation);
  }
}
