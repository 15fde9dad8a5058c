package dev.selkie.processor.graph.op;

import dev.selkie.annotation.Activation;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.program.CallBuilder;
import dev.selkie.processor.program.Field;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/**
 * In inference, y = act(f(x) (+ residual)), where f is a batch norm that no convolution takes up,
 * or the gate of a squeeze-and-excitation.
 *
 * @param norm or null
 * @param excitation or null
 */
public record InferenceEpilogue(
    BatchNorm norm, SqueezeExcite excitation, boolean residual, Activation activation)
    implements Op {

  @Override
  public String label() {
    return (norm == null ? "Scale" : "BatchNorm") + (residual ? "+Add" : "") + "+" + activation;
  }

  @Override
  public Dims shape(String path, List<Operand> inputs) {
    return inputs.get(0).dims();
  }

  @Override
  public void forward(Scope scope) {
    Field field = norm == null ? excitation.field(scope) : norm.norm(scope);
    if (norm == null) {
      scope.call("exciteForward").with(field).read(scope.in(0)).end();
    }
    String verb = norm == null ? "scale" : "batchNorm";
    CallBuilder call = scope.call(verb + (residual ? "AddInference" : "Inference"));
    call.write(scope.out()).read(scope.in(0));
    if (residual) {
      call.read(scope.in(1));
    }
    call.with(field).with("Activation." + activation).comment(scope.outDims()).end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    throw new IllegalStateException(scope.path() + ": inference has no gradient");
  }
}
