package dev.selkie.processor.graph.op;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.CallBuilder;
import dev.selkie.processor.program.Field;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/**
 * y = W x (+ bias), with x flattened.
 *
 * @param prefix of the names of its parameters
 */
public record Dense(String prefix, int out, boolean biased) implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) {
    return new Dims(out, 1, 1);
  }

  @Override
  public long parameters(List<Dims> inputs) {
    return weights(inputs) + (biased ? out : 0);
  }

  @Override
  public long multiplyAdds(List<Dims> inputs, Dims output) {
    return weights(inputs);
  }

  @Override
  public void forward(Scope scope) {
    CallBuilder call = scope.call(biased ? "denseBiasForward" : "denseForward");
    call.write(scope.out()).read(scope.in(0)).with(weight(scope));
    if (biased) {
      call.with(bias(scope));
    }
    call.comment(scope.outDims()).end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    Buffer dy = gradients.out();
    if (biased) {
      scope.call("biasBackward").with(bias(scope)).read(dy).end();
    }
    scope.call("denseBackwardWeights").with(weight(scope)).read(scope.in(0)).read(dy).end();
    if (gradients.wants(0)) {
      Gradients.Target dx = gradients.target(0);
      scope.call("denseBackwardData").write(dx.buffer()).read(dy).with(weight(scope)).end();
      dx.done();
    }
  }

  private Field weight(Scope scope) {
    return scope.denseWeight(prefix + ".weight", out, scope.inDims(0));
  }

  private Field bias(Scope scope) {
    return scope.bias(prefix + ".bias", out);
  }

  private long weights(List<Dims> inputs) {
    return Math.multiplyExact((long) out, (long) inputs.get(0).elements());
  }
}
