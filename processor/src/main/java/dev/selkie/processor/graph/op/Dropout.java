package dev.selkie.processor.graph.op;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import dev.selkie.runtime.Element;
import java.util.List;

/**
 * Zeros in training; inference has it taken out of the graph, but where it stands between the input
 * and the output alone.
 *
 * @param number of the layer among the network's dropouts, so that each draws its own zeros
 */
public record Dropout(double rate, int number) implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) {
    return inputs.get(0).dims();
  }

  @Override
  public void forward(Scope scope) {
    scope
        .call("dropoutForward")
        .write(scope.out())
        .write(mask(scope))
        .read(scope.in(0))
        .with(literal())
        .with("" + number)
        .comment(scope.outDims())
        .end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    if (gradients.wants(0)) {
      Gradients.Target dx = gradients.target(0);
      scope
          .call("dropoutBackward")
          .write(dx.buffer())
          .read(gradients.out())
          .read(mask(scope))
          .with(literal())
          .inPlaceOf(gradients.out())
          .end();
      dx.done();
    }
  }

  @Override
  public void infer(Scope scope) {
    scope.call("copy").write(scope.out()).read(scope.in(0)).comment(scope.outDims()).end();
  }

  private Buffer mask(Scope scope) {
    return scope.saved("mask", Element.BIT);
  }

  private String literal() {
    return (float) rate + "f";
  }
}
