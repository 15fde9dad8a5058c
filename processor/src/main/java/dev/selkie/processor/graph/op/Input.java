package dev.selkie.processor.graph.op;

import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.List;

/** The network's input: it is there before any verb. */
public record Input(Dims dims) implements Op {
  @Override
  public Dims shape(String path, List<Operand> inputs) {
    return dims;
  }

  @Override
  public void forward(Scope scope) {}

  @Override
  public void backward(Scope scope, Gradients gradients) {}
}
