package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All rules on declarations; what needs shapes is checked when they are known. */
public final class Rules {
  private static final List<Rule> ALL =
      List.of(
          new NameLengths(),
          new Sizes(),
          new DropoutRates(),
          new Factors(),
          new Parts(),
          new Branches(),
          new Scales(),
          new OutputSizes(),
          new BlockOnly(),
          new Strides(),
          new PoolPadding(),
          new StageMembers(),
          new InputCounts(),
          new KnownEdges(),
          new Cycles(),
          new OneOutput());

  private Rules() {}

  /** Checks a model and the blocks it repeats, each once. */
  public static void check(ModelDeclaration model, Problems problems) {
    check(model, problems, new HashSet<>());
  }

  private static void check(ModelDeclaration model, Problems problems, Set<String> checked) {
    if (!checked.add(model.qualifiedName())) {
      return;
    }
    ALL.forEach(rule -> rule.check(model, problems));
    for (LayerDeclaration layer : model.layers()) {
      if (layer.block() != null) {
        check(layer.block(), problems, checked);
      }
    }
  }
}
