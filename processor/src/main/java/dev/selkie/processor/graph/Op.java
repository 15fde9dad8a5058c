package dev.selkie.processor.graph;

import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/**
 * What a node does: its shape rule, its verbs, its gradient and what backward must keep, all in one
 * record. No walk over a graph has a list of operations; {@code fusion} names those that it merges.
 */
public interface Op {
  /** As dumps show it. */
  default String label() {
    return getClass().getSimpleName();
  }

  /** The output's shape. */
  Dims shape(String path, List<Operand> inputs) throws ShapeException;

  /** Learnable parameters. */
  default long parameters(List<Dims> inputs) {
    return 0;
  }

  /** Of convolutions and dense layers, for one sample. */
  default long multiplyAdds(List<Dims> inputs, Dims output) {
    return 0;
  }

  /** The verbs of the training pass. */
  void forward(Scope scope);

  /** The verbs that turn the output's gradient into those of inputs and parameters. */
  void backward(Scope scope, Gradients gradients);

  /** The verbs of the inference pass. */
  default void infer(Scope scope) {
    forward(scope);
  }
}
