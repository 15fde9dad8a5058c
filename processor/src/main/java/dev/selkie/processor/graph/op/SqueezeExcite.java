package dev.selkie.processor.graph.op;

import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Squeeze;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Field;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/**
 * y = gate(W2 relu(W1 squeeze(x) + b1) + b2) x, where it stands alone.
 *
 * @param prefix of the names of its parameters
 */
public record SqueezeExcite(
    String prefix, int reduction, int minimum, boolean biased, Squeeze squeeze, Gate gate)
    implements Op {

  @Override
  public Dims shape(String path, List<Operand> inputs) {
    return inputs.get(0).dims();
  }

  @Override
  public long parameters(List<Dims> inputs) {
    int channels = inputs.get(0).channels();
    long hidden = hidden(channels);
    return 2 * hidden * channels + (biased ? hidden + channels : 0);
  }

  @Override
  public long multiplyAdds(List<Dims> inputs, Dims output) {
    int channels = inputs.get(0).channels();
    return 2L * hidden(channels) * channels;
  }

  @Override
  public void forward(Scope scope) {
    scope.call("exciteForward").with(field(scope)).read(scope.in(0)).end();
    scope
        .call("scaleForward")
        .write(scope.out())
        .read(scope.in(0))
        .with(field(scope))
        .comment(scope.outDims())
        .end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    Buffer dy = gradients.out();
    scope.call("exciteBackward").with(field(scope)).read(dy).read(scope.in(0)).end();
    if (gradients.wants(0)) {
      Gradients.Target dx = gradients.target(0);
      scope.call("scaleBackward").write(dx.buffer()).read(dy).with(field(scope)).end();
      dx.done();
    }
  }

  /** The field of its weights and gate. */
  public Field field(Scope scope) {
    int channels = scope.inDims(0).channels();
    return scope.excitation(prefix, channels, hidden(channels), biased, squeeze, gate);
  }

  private int hidden(int channels) {
    return Math.max(channels / reduction, minimum);
  }
}
