package dev.selkie.processor.graph.op;

import dev.selkie.annotation.Activation;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.CallBuilder;
import dev.selkie.processor.program.Field;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/**
 * A convolution that has taken up its batch norm, in inference: y = act(weight' * x + bias' (+
 * residual)).
 */
public record FoldedConvolution(
    Convolution convolution, BatchNorm norm, boolean residual, Activation activation)
    implements Op {

  @Override
  public String label() {
    return "FoldedConvolution" + (residual ? "+Add" : "") + "+" + activation;
  }

  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    return convolution.shape(path, inputs);
  }

  @Override
  public void forward(Scope scope) {
    forward(scope, 0, scope.out());
  }

  /** As part of another op: y from one of its inputs. */
  void forward(Scope scope, int input, Buffer y) {
    int in = scope.inDims(input).channels();
    Field weight = convolution.weight(scope, input);
    Field foldedWeight = scope.foldedWeight(weight, convolution.weights(in));
    int out = convolution.out(in);
    Field foldedBias = scope.foldedBias(weight, out);
    CallBuilder fold =
        scope
            .fold(convolution.biased() ? "foldBatchNormBias" : "foldBatchNorm")
            .with(foldedWeight)
            .with(foldedBias)
            .with(weight);
    if (convolution.biased()) {
      fold.with(convolution.bias(scope));
    }
    fold.with(norm.weights().field(scope, out)).end();
    CallBuilder call = scope.call(residual ? "convolutionAddInference" : "convolutionInference");
    call.write(y).read(scope.in(input)).with(foldedWeight).with(foldedBias);
    if (residual) {
      call.read(scope.in(1));
    }
    call.with("Activation." + activation)
        .with(convolution.geometry(in))
        .comment(scope.outDims())
        .end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    throw new IllegalStateException(scope.path() + ": inference has no gradient");
  }
}
