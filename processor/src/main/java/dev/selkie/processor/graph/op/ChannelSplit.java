package dev.selkie.processor.graph.op;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.CallBuilder;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/**
 * One of several equal parts of the channels.
 *
 * @param part from 1
 */
public record ChannelSplit(int part, int of) implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    Dims x = inputs.get(0).dims();
    Divisibility.require(path, x.channels(), "input", "of", of);
    return new Dims(x.channels() / of, x.height(), x.width());
  }

  @Override
  public void forward(Scope scope) {
    scope
        .call("channelSplitForward")
        .write(scope.out())
        .read(scope.in(0))
        .with(from(scope))
        .comment(scope.outDims())
        .end();
  }

  /** Each part writes its channels only, so later ones add to what the first left zero. */
  @Override
  public void backward(Scope scope, Gradients gradients) {
    if (!gradients.wants(0)) {
      return;
    }
    CallBuilder call =
        gradients.begun(0)
            ? scope.call("channelSplitBackwardAccumulate").update(gradients.sum(0))
            : scope.call("channelSplitBackward").write(gradients.target(0).buffer());
    call.read(gradients.out()).with(from(scope)).end();
  }

  private String from(Scope scope) {
    return "" + (part - 1) * scope.outDims().channels();
  }
}
