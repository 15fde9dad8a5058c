package dev.selkie.processor.describe;

import dev.selkie.processor.describe.Arrangement.Box;
import dev.selkie.processor.describe.Arrangement.Edge;
import java.util.ArrayList;
import java.util.List;

/** Draws the edges between panels. */
final class Arrows {
  private static final double HEAD = 6;
  private static final double CORNER = 5;

  /** How far from a panel's corner an edge with a lane leaves and arrives. */
  private static final double PORT = 30;

  /** How far such edges keep from panels, and from each other. */
  private static final double CLEAR = 7;

  private static final double APART = 3;
  private static final int TIERS = 4;

  private final Svg svg;

  Arrows(Svg svg) {
    this.svg = svg;
  }

  void draw(Edge edge) {
    if (edge.lane() < 0) {
      direct(edge.from(), edge.to());
    } else {
      around(edge);
    }
  }

  private void direct(Box from, Box to) {
    double start = from.middle();
    double end = to.middle();
    double top = to.y() - HEAD;
    if (start == end) {
      svg.path("edge", "M", start, from.bottom(), "V", top);
    } else {
      double half = (from.rankBottom() + top) / 2;
      svg.path(
          "edge",
          "M",
          start,
          from.bottom(),
          "V",
          from.rankBottom(),
          "C",
          start,
          half,
          end,
          half,
          end,
          top);
    }
    head(end, to.y());
  }

  private void around(Edge edge) {
    Box from = edge.from();
    Box to = edge.to();
    double tier = CLEAR + APART * (edge.lane() % TIERS);
    double start = from.right() - PORT;
    double end = to.right() - PORT;
    double leave = from.rankBottom() + tier;
    double arrive = to.y() - HEAD - tier;
    double lane = edge.x();
    double[] xs = {start, start, lane, lane, end, end};
    double[] ys = {from.bottom(), leave, leave, arrive, arrive, to.y() - HEAD};
    svg.path("edge", rounded(xs, ys));
    head(end, to.y());
  }

  private void head(double x, double y) {
    svg.path("tip", "M", x - 3.5, y - HEAD - 1, "L", x, y, "L", x + 3.5, y - HEAD - 1, "Z");
  }

  /** A line through these points with round corners; its legs run along the axes. */
  private static Object[] rounded(double[] xs, double[] ys) {
    List<Object> data = new ArrayList<>(List.of("M", xs[0], ys[0]));
    int last = xs.length - 1;
    for (int i = 1; i < last; i++) {
      data.addAll(List.of("L", near(xs, i, i - 1), near(ys, i, i - 1)));
      data.addAll(List.of("Q", xs[i], ys[i], near(xs, i, i + 1), near(ys, i, i + 1)));
    }
    data.addAll(List.of("L", xs[last], ys[last]));
    return data.toArray();
  }

  /** A corner's distance from point i towards another. */
  private static double near(double[] axis, int i, int towards) {
    return axis[i] + CORNER * Math.signum(axis[towards] - axis[i]);
  }
}
