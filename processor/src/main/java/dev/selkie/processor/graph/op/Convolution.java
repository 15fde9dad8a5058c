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
 * @param out output channels, or 0 for as many as the input has
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
    Divisibility.require(path, out(x.channels()), "output", "groups", groups(x.channels()));
    return new Dims(
        out(x.channels()),
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
    return weights(inputs.get(0).channels()) + (biased ? out(inputs.get(0).channels()) : 0);
  }

  @Override
  public long multiplyAdds(List<Dims> inputs, Dims output) {
    return Math.multiplyExact(weights(inputs.get(0).channels()), (long) output.positions());
  }

  @Override
  public void forward(Scope scope) {
    forward(scope, 0, scope.out());
  }

  /** As part of another op: y from one of its inputs. */
  void forward(Scope scope, int input, Buffer y) {
    CallBuilder call = scope.call(biased ? "convolutionBiasForward" : "convolutionForward");
    call.write(y).read(scope.in(input)).with(weight(scope, input));
    if (biased) {
      call.with(bias(scope));
    }
    call.with(geometry(scope.inDims(input).channels())).comment(scope.outDims()).end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    backward(scope, gradients, 0, gradients.out());
  }

  /** As part of another op: from dy to the weights and to one of the op's inputs. */
  void backward(Scope scope, Gradients gradients, int input, Buffer dy) {
    Constant geometry = geometry(scope.inDims(input).channels());
    if (biased) {
      scope.call("biasBackward").with(bias(scope)).read(dy).end();
    }
    scope
        .call("convolutionBackwardWeights")
        .with(weight(scope, input))
        .read(scope.in(input))
        .read(dy)
        .with(geometry)
        .end();
    if (!gradients.wants(input)) {
      return;
    }
    if (gradients.begun(input)) {
      scope
          .call("convolutionBackwardDataAccumulate")
          .update(gradients.sum(input))
          .read(dy)
          .with(weight(scope, input))
          .with(geometry)
          .end();
    } else {
      scope
          .call("convolutionBackwardData")
          .write(gradients.target(input).buffer())
          .read(dy)
          .with(weight(scope, input))
          .with(geometry)
          .end();
    }
  }

  /** The field of its weight. */
  Field weight(Scope scope, int input) {
    int in = scope.inDims(input).channels();
    return scope.convWeight(prefix + ".weight", out(in), in, kernelHeight, kernelWidth, groups(in));
  }

  /** The field of its bias. */
  public Field bias(Scope scope) {
    return scope.bias(prefix + ".bias", out(scope.inDims(0).channels()));
  }

  Constant geometry(int in) {
    return Constant.conv(
        kernelHeight, kernelWidth, stride, dilation, paddingHeight(), paddingWidth(), groups(in));
  }

  /** Without the bias. */
  public long weights(int in) {
    long taps = Math.multiplyExact((long) kernelHeight, (long) kernelWidth);
    return Math.multiplyExact(Math.multiplyExact((long) out(in), (long) (in / groups(in))), taps);
  }

  /** Output channels. */
  public int out(int in) {
    return out > 0 ? out : in;
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
