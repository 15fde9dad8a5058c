package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.LayerDeclaration.Edge;
import dev.selkie.processor.model.ModelDeclaration;

/** Every edge is named like a layer, but for one name: the input. */
final class KnownEdges implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    Wiring wiring = new Wiring(model);
    for (LayerDeclaration layer : model.layers()) {
      for (Edge edge : layer.edges()) {
        if (!wiring.isKnown(edge.name())) {
          report(model, layer, edge, wiring, problems);
        }
      }
    }
  }

  private static void report(
      ModelDeclaration model, LayerDeclaration layer, Edge edge, Wiring wiring, Problems problems) {
    String path = model.path(layer);
    String name = edge.name();
    String nearest = wiring.nearest(name);
    if (wiring.isSlip(name)) {
      problems.report(Message.UNKNOWN_EDGE, edge.site(), path, name, model.simpleName(), nearest);
    } else {
      problems.report(
          Message.SEVERAL_INPUTS,
          edge.site(),
          path,
          name,
          model.simpleName(),
          wiring.input(),
          nearest);
    }
  }
}
