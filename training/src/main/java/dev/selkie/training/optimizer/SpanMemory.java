package dev.selkie.training.optimizer;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import java.util.List;

/** One value for every parameter, on the network's device. */
final class SpanMemory {
  private SpanMemory() {}

  /** A zeroed tensor as long as each span, named {@code span0.<name>} and so on. */
  static Tensor[] allocate(TrainableNetwork network, String name) {
    List<ParameterSpan> spans = network.spans();
    Tensor[] tensors = new Tensor[spans.size()];
    for (int i = 0; i < tensors.length; i++) {
      Shape shape = spans.get(i).values().shape();
      Arena arena = network.backend().allocate(Element.FLOAT32.bytes(shape.elements()));
      tensors[i] = arena.tensor("span" + i + "." + name, shape, Element.FLOAT32, 0);
    }
    return tensors;
  }
}
