package dev.selkie.processor.graph.op;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/** Inputs behind one another along their channels. */
public record Concat() implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    Dims first = inputs.get(0).dims();
    int channels = 0;
    for (Operand other : inputs) {
      if (!other.dims().sameSpace(first)) {
        throw new ShapeException(
            Message.SHAPE_MISMATCH, null, Join.mismatch(path, "concatenates", inputs, other));
      }
      channels = Math.addExact(channels, other.dims().channels());
    }
    return new Dims(channels, first.height(), first.width());
  }

  @Override
  public void forward(Scope scope) {
    int channel = 0;
    for (int i = 0; i < scope.inputs(); i++) {
      var call = scope.call("concatForward");
      (i == 0 ? call.write(scope.out()) : call.update(scope.out()))
          .read(scope.in(i))
          .with("" + channel)
          .comment(scope.outDims())
          .end();
      channel += scope.inDims(i).channels();
    }
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    int channel = scope.outDims().channels();
    for (int i = scope.inputs() - 1; i >= 0; i--) {
      channel -= scope.inDims(i).channels();
      if (gradients.wants(i)) {
        Gradients.Target dx = gradients.target(i);
        scope
            .call("concatBackward")
            .write(dx.buffer())
            .read(gradients.out())
            .with("" + channel)
            .end();
        dx.done();
      }
    }
  }
}
