package dev.selkie.processor.graph.op;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/** Channels dealt out anew; the gradient is dealt back. */
public record ChannelShuffle(int groups) implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    Dims x = inputs.get(0).dims();
    Divisibility.require(path, x.channels(), "input", "groups", groups);
    return x;
  }

  @Override
  public void forward(Scope scope) {
    scope
        .call("channelShuffle")
        .write(scope.out())
        .read(scope.in(0))
        .with("" + groups)
        .comment(scope.outDims())
        .end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    if (gradients.wants(0)) {
      Gradients.Target dx = gradients.target(0);
      scope
          .call("channelShuffle")
          .write(dx.buffer())
          .read(gradients.out())
          .with("" + scope.outDims().channels() / groups)
          .end();
      dx.done();
    }
  }
}
