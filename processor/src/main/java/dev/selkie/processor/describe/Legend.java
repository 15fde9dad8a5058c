package dev.selkie.processor.describe;

import dev.selkie.processor.describe.Svg.Anchor;
import dev.selkie.processor.plan.MemoryPlan;

/** The line above a section: its heading on the left, what its colours mean on the right. */
final class Legend {
  private static final double SWATCH = 14;
  private static final double GAP = 18;

  private final Svg svg;
  private final double baseline;
  private double x;

  private Legend(Svg svg, String heading, double left, double right, double baseline) {
    this.svg = svg;
    this.baseline = baseline;
    this.x = right;
    svg.text(Lettering.HEADING, left, baseline, heading);
    svg.line("rule", left, baseline + 7, right, baseline + 7);
  }

  static void layers(Svg svg, double left, double right, double baseline) {
    Legend legend = new Legend(svg, "Layers", left, right, baseline);
    legend.swatch("bytes", 4, "bytes per sample");
    legend.swatch("multiply-adds", 4, "multiply-adds");
  }

  static void memory(Svg svg, MemoryPlan plan, double left, double right, double baseline) {
    Legend legend = new Legend(svg, "Memory of the training arena", left, right, baseline);
    if (plan.live() < plan.planned()) {
      legend.stroke("bound", "alive at once");
      legend.stroke("peak", "planned");
    } else {
      legend.stroke("peak", "planned = alive at once");
    }
    legend.swatch("gradient", 8, "gradient");
    legend.swatch("saved", 8, "saved for backward");
    legend.swatch("activation", 8, "activation");
  }

  private void swatch(String style, double height, String text) {
    double left = label(text);
    svg.rectangle(style, left, baseline - 3.5 - height / 2, SWATCH, height);
  }

  private void stroke(String style, String text) {
    double left = label(text);
    svg.line(style, left, baseline - 3.5, left + SWATCH, baseline - 3.5);
  }

  /** From right to left; the left end of the mark before the text. */
  private double label(String text) {
    double width = Lettering.CAPTION.width(text);
    svg.text(Lettering.CAPTION, Anchor.START, x - width, baseline, width, text);
    double left = x - width - SWATCH - 5;
    x = left - GAP;
    return left;
  }
}
