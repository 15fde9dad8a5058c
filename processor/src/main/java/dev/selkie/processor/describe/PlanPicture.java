package dev.selkie.processor.describe;

import dev.selkie.processor.describe.Svg.Anchor;
import dev.selkie.processor.plan.MemoryPlan;
import dev.selkie.processor.plan.Placement;
import dev.selkie.processor.plan.Timeline;
import dev.selkie.processor.program.Buffer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The memory plan as a picture: verbs from left to right in the order they run, bytes per sample
 * from bottom to top, one rectangle for the life of each buffer.
 */
final class PlanPicture {
  private static final double HEIGHT = 460;
  private static final double AXIS = 66;
  private static final double ABOVE = 22;
  private static final double BELOW = 22;
  private static final double INSET = 3;
  private static final int TICKS = 5;

  private final Svg svg;
  private final MemoryPlan plan;
  private final double left;
  private final double top;
  private final double width;

  /** A picture whose upper left corner is at ({@code x}, {@code y}). */
  PlanPicture(Svg svg, MemoryPlan plan, double x, double y, double width) {
    this.svg = svg;
    this.plan = plan;
    this.left = x + AXIS;
    this.top = y + ABOVE;
    this.width = width - AXIS;
  }

  static double height() {
    return ABOVE + HEIGHT + BELOW;
  }

  void draw() {
    if (plan.planned() == 0) {
      return;
    }
    svg.rectangle("field", left, top, width, HEIGHT);
    scale();
    List<Placement> byTime =
        plan.training().placements().stream()
            .sorted(Comparator.comparing(Placement::first).thenComparing(Placement::offset))
            .toList();
    byTime.forEach(this::buffer);
    levels();
    passes();
  }

  private void scale() {
    long step = step(plan.planned());
    for (long bytes = 0; bytes <= plan.planned(); bytes += step) {
      svg.line("grid", left, y(bytes), left + width, y(bytes));
      boolean free = bytes == 0 || y(bytes) - y(plan.planned()) > Lettering.CAPTION.size() + 2;
      if (free) {
        tick(Lettering.CAPTION, bytes);
      }
    }
    tick(Lettering.NAME, plan.planned());
  }

  private void tick(Lettering lettering, long bytes) {
    svg.text(lettering, Anchor.END, left - 7, y(bytes) + 3.6, AXIS - 7, Numbers.bytes(bytes));
  }

  private void buffer(Placement placement) {
    double x = x(placement.first());
    double y = y(placement.offset() + placement.bytes());
    double end = x(placement.last() + 1);
    double high = y(placement.offset()) - y;
    String style = style(placement.role());
    svg.begin(tooltip(placement));
    svg.rectangle(high < 2 ? style : style + " edged", x, y, end - x, high);
    double middle = y + high / 2;
    double crossing = Math.abs(middle - y(plan.live()));
    if (high >= Lettering.INSIDE.size() + 2 && crossing > Lettering.INSIDE.size() * 0.6) {
      label(placement, x, end, middle + Lettering.INSIDE.size() * 0.36);
    }
    svg.end();
  }

  /** Path and size, or the path alone, on one side of the turn; or nothing where no room is. */
  private void label(Placement placement, double start, double end, double baseline) {
    double turn = Math.min(end, Math.max(start, x(plan.training().forward())));
    String full = placement.path() + " " + Numbers.bytes(placement.bytes());
    for (String text : List.of(full, placement.path())) {
      double needed = Lettering.INSIDE.width(text) + 2 * INSET;
      if (needed <= Math.max(turn - start, end - turn)) {
        double x = needed <= turn - start ? start : turn;
        svg.text(Lettering.INSIDE, Anchor.START, x + INSET, baseline, needed, text);
        return;
      }
    }
  }

  private void levels() {
    svg.line("peak", left, y(plan.planned()), left + width, y(plan.planned()));
    if (plan.live() < plan.planned()) {
      svg.line("bound", left, y(plan.live()), left + width, y(plan.live()));
    }
  }

  private void passes() {
    Timeline training = plan.training();
    double turn = x(training.forward());
    double bottom = top + HEIGHT;
    svg.line("turn", turn, top - ABOVE + 6, turn, bottom + 6);
    pass("forward", training.forward(), left, turn, bottom);
    pass("backward", training.backward(), turn, left + width, bottom);
  }

  private void pass(String name, int verbs, double from, double to, double bottom) {
    double room = Math.max(0, to - from - 8);
    String text = name + ", " + verbs + " verbs";
    svg.text(Lettering.CAPTION, Anchor.MIDDLE, (from + to) / 2, bottom + 15, room, text);
  }

  private double x(int verb) {
    return left + width * verb / Math.max(1, plan.training().verbs());
  }

  private double y(long bytes) {
    return top + HEIGHT - HEIGHT * bytes / plan.planned();
  }

  /** A round number of bytes, about {@link #TICKS} to the whole. */
  private static long step(long whole) {
    long power = 1;
    while (power * 10 * TICKS <= whole) {
      power *= 10;
    }
    for (long step : new long[] {1, 2, 5}) {
      if (step * power * TICKS >= whole) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private static String tooltip(Placement placement) {
    return "%s: %s bytes at %s, verbs %s to %s"
        .formatted(
            placement.buffers().stream()
                .map(buffer -> buffer.path() + " (" + word(buffer.role()) + ")")
                .collect(Collectors.joining(", then ")),
            Numbers.grouped(placement.bytes()),
            Numbers.grouped(placement.offset()),
            placement.first(),
            placement.last());
  }

  private static String word(Buffer.Role role) {
    return switch (role) {
      case GRADIENT -> "gradient";
      case SUMMAND -> "summand of a gradient";
      case SAVED -> "saved for backward";
      default -> "activation";
    };
  }

  private static String style(Buffer.Role role) {
    return switch (role) {
      case GRADIENT, SUMMAND -> "gradient";
      case SAVED -> "saved";
      default -> "activation";
    };
  }
}
