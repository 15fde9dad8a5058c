package dev.selkie.processor.check;

import dev.selkie.annotation.Groups;
import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.model.ModelDeclaration.InputDeclaration;
import dev.selkie.processor.model.Site;
import java.util.List;

/** Every whole number has a least value that makes sense. */
final class Sizes implements Rule {
  /** Members that stand for something else when 0: not given, or taken from another member. */
  private static final List<String> MAY_BE_ZERO =
      List.of("out", "widths", "width", "kernelHeight", "kernelWidth");

  @Override
  public void check(ModelDeclaration model, Problems problems) {
    if (model.isNetwork()) {
      network(model, problems);
    }
    for (LayerDeclaration layer : model.layers()) {
      for (String member : layer.values().keySet().stream().sorted().toList()) {
        for (int value : layer.integers(member)) {
          String path = model.path(layer);
          require(member, path, value, least(layer, member, value), layer.at(member), problems);
        }
      }
    }
  }

  private static void network(ModelDeclaration model, Problems problems) {
    InputDeclaration input = model.input();
    size(model, "channels", input.channels(), problems);
    size(model, "height", input.height(), problems);
    size(model, "width", input.width(), problems);
    whole(model, input, problems);
    String name = model.simpleName();
    require("batch", name, model.batch(), 1, model.at("batch"), problems);
    require("maxParameters", name, model.maxParameters(), 0, model.at("maxParameters"), problems);
    require("maxMegabytes", name, model.maxMegabytes(), 0, model.at("maxMegabytes"), problems);
  }

  /** Buffers are indexed by int; complains of the largest of the three. */
  private static void whole(ModelDeclaration model, InputDeclaration input, Problems problems) {
    double values = (double) input.channels() * input.height() * input.width();
    if (Math.min(input.channels(), Math.min(input.height(), input.width())) < 1
        || values * Float.BYTES <= Integer.MAX_VALUE) {
      return;
    }
    int largest = Math.max(input.channels(), Math.max(input.height(), input.width()));
    String member =
        input.channels() == largest ? "channels" : input.height() == largest ? "height" : "width";
    problems.report(
        Message.TOO_LARGE,
        model.input().valueSites().getOrDefault(member, model.site()),
        "the input of " + model.simpleName(),
        "%sx%sx%s values take more than 2^31 - 1 bytes"
            .formatted(input.channels(), input.height(), input.width()));
  }

  private static void size(ModelDeclaration model, String member, int value, Problems problems) {
    Site site = model.input().valueSites().getOrDefault(member, model.site());
    require(member, "the input of " + model.simpleName(), value, 1, site, problems);
  }

  /**
   * A pool's stride of 0 is its kernel; a padding of -1 is {@code Padding.SAME}; branches have a
   * rule of their own.
   */
  private static int least(LayerDeclaration layer, String member, int value) {
    if (member.equals("padding")) {
      return -1;
    }
    if (member.equals("groups")
        && value == Groups.CHANNELS
        && (layer.has("kernel") || layer.has("kernels"))) {
      return Groups.CHANNELS;
    }
    if (member.equals("branches")) {
      return Integer.MIN_VALUE;
    }
    boolean pool = layer.kind().endsWith("Pool") && member.equals("stride");
    return pool || MAY_BE_ZERO.contains(member) ? 0 : 1;
  }

  private static void require(
      String member, String path, long value, long least, Site site, Problems problems) {
    if (value < least) {
      problems.report(Message.TOO_SMALL, site, member, path, value, least);
    }
  }
}
