package dev.selkie.processor.check;

import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.model.Site;
import java.nio.charset.StandardCharsets;

/**
 * A model's name is part of the names of the files that come of it; a layer's is part of those of
 * its weights, which stand in a class file as strings.
 */
final class NameLengths implements Rule {
  /** Of a file's name, in bytes, on Linux. */
  private static final int FILE = 255;

  /** Room for what stands behind: a nested class, or the graph after a phase. */
  private static final int BEHIND = 40;

  /** So that 64 of them, one in another, are no string too long for a class file. */
  private static final int LAYER = 1000;

  private static final int SHOWN = 40;

  @Override
  public void check(ModelDeclaration model, Problems problems) {
    int added = bytes(model.generatedName()) - bytes(model.simpleName());
    require(model.simpleName(), FILE - BEHIND - added, model.site(), problems);
    for (LayerDeclaration layer : model.layers()) {
      require(layer.name(), LAYER, layer.site(), problems);
    }
  }

  private static void require(String name, int most, Site site, Problems problems) {
    int length = bytes(name);
    if (length > most) {
      String shown = name.substring(0, Math.min(SHOWN, name.length())) + "...";
      problems.report(Message.NAME_TOO_LONG, site, shown, length, most);
    }
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}
