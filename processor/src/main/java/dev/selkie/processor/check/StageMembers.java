package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import java.util.Optional;

/** A stage gives its block what the block's layers ask for, and nothing that none asks for. */
final class StageMembers implements Rule {
  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration stage : model.layers()) {
      if (stage.block() != null && stage.block().layers().stream().allMatch(StageMembers::known)) {
        width(model, stage, problems);
        stride(model, stage, problems);
      }
    }
  }

  private static boolean known(LayerDeclaration layer) {
    return !layer.kind().isEmpty();
  }

  private static void width(ModelDeclaration model, LayerDeclaration stage, Problems problems) {
    ModelDeclaration block = stage.block();
    Optional<LayerDeclaration> counting =
        block.layers().stream()
            .filter(layer -> layer.has("widths") && layer.integer("widths") != 0)
            .findFirst();
    int width = stage.integer("width");
    if (width == 0 && counting.isPresent()) {
      problems.report(
          Message.NO_WIDTH,
          stage.at("width"),
          model.path(stage),
          block.simpleName(),
          counting.get().name());
    } else if (width > 0 && counting.isEmpty()) {
      noEffect(model, stage, "width", "widths", problems);
    }
  }

  private static void stride(ModelDeclaration model, LayerDeclaration stage, Problems problems) {
    boolean taken =
        stage.block().layers().stream()
            .anyMatch(layer -> layer.has("strided") && layer.flag("strided"));
    if (stage.integer("stride") > 1 && !taken) {
      noEffect(model, stage, "stride", "strided = true", problems);
    }
  }

  private static void noEffect(
      ModelDeclaration model,
      LayerDeclaration stage,
      String member,
      String taker,
      Problems problems) {
    problems.report(
        Message.NO_EFFECT,
        stage.at(member),
        member,
        model.path(stage),
        stage.integer(member),
        stage.block().simpleName(),
        taker);
  }
}
