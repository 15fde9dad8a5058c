package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;

/**
 * Sums and rows join two tensors or more, products and random means two; every other layer reads
 * one, but a selective kernel may read one for each branch.
 */
final class InputCounts implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration layer : model.layers()) {
      int count = layer.edges().size();
      switch (layer.kind()) {
        case "" -> {}
        case "Add", "Concat" -> require(model, layer, count >= 2, "two or more", problems);
        case "Multiply", "ShakeShake" -> require(model, layer, count == 2, "two", problems);
        case "SelectiveKernel" -> {
          int branches = layer.integer("branches");
          boolean each = count == branches;
          require(model, layer, count == 1 || each, "one, or one for each branch", problems);
        }
        default -> require(model, layer, count == 1, "one", problems);
      }
    }
  }

  private static void require(
      ModelDeclaration model,
      LayerDeclaration layer,
      boolean holds,
      String wanted,
      Problems problems) {
    if (!holds) {
      int count = layer.edges().size();
      String wayOut =
          count > 1 && wanted.equals("one")
              ? "join them in an @Add or a @Concat first"
              : "its parameters are named like the layers it reads";
      problems.report(
          Message.INPUT_COUNT,
          layer.site(),
          model.path(layer),
          count,
          layer.kind(),
          wanted,
          wayOut);
    }
  }
}
