package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import java.util.List;
import java.util.Optional;

/** A selective kernel has two or three branches, and says the same number of things of each. */
final class Branches implements Rule {
  private static final int FEWEST = 2;
  private static final int MOST = 3;

  @Override
  public void check(ModelDeclaration model, Problems problems) {
    for (LayerDeclaration layer : model.layers()) {
      if (layer.has("branches")) {
        check(model.path(layer), layer, problems);
      }
    }
  }

  private static void check(String path, LayerDeclaration layer, Problems problems) {
    int branches = layer.integer("branches");
    if (branches < FEWEST || branches > MOST) {
      problems.report(Message.BRANCHES, layer.at("branches"), path, branches);
      return;
    }
    for (String member : List.of("kernels", "dilations", "groups")) {
      int count = layer.integers(member).size();
      boolean absent = count == 0 && !member.equals("groups");
      if (!absent && count != 1 && count != branches) {
        problems.report(Message.BRANCH_VALUES, layer.at(member), member, path, count, branches);
      }
    }
    Optional<Integer> even =
        layer.integers("kernels").stream().filter(k -> k > 0 && k % 2 == 0).findFirst();
    if (even.isPresent()) {
      problems.report(Message.EVEN_KERNEL, layer.at("kernels"), path, even.get());
    }
  }
}
