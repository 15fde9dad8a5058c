package dev.selkie.processor.describe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the panels stand: groups of one depth side by side, each near what it reads, depths from
 * top to bottom; edges that pass over a depth run down in lanes on the right.
 */
final class Arrangement {
  private static final double GAP_BESIDE = 22;
  private static final double GAP_CHAIN = 26;
  private static final double GAP_GRAPH = 46;
  private static final double LANE = 12;

  /** A panel's place; the tallest panel beside it ends at {@code rankBottom}. */
  record Box(Group group, double x, double y, double width, double height, double rankBottom) {
    double middle() {
      return x + width / 2;
    }

    double right() {
      return x + width;
    }

    double bottom() {
      return y + height;
    }
  }

  /**
   * A connection of two panels.
   *
   * @param lane number of its lane, negative where it goes straight to the next depth
   * @param x of its way down the lane
   */
  record Edge(Box from, Box to, int lane, double x) {}

  private final Map<String, Box> boxes = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private final PanelForm form;
  private final double panels;
  private double right;
  private double bottom;

  /** Below {@code top} there is first a row for the names of the columns. */
  Arrangement(List<Group> groups, double left, double top) {
    List<List<Group>> ranks = ranks(groups);
    int most = ranks.stream().mapToInt(List::size).max().orElse(1);
    form = most == 1 ? PanelForm.WIDE : PanelForm.NARROW;
    panels = Math.max(PanelForm.WIDE.width(), width(most));
    right = left + panels;
    double gap = groups.stream().allMatch(Arrangement::follows) ? GAP_CHAIN : GAP_GRAPH;
    bottom = top + form.rowHeight() - gap;
    for (List<Group> rank : ranks) {
      bottom += gap;
      place(rank, left);
    }
    connect(groups);
  }

  /** In the order of the forward pass. */
  List<Box> boxes() {
    return List.copyOf(boxes.values());
  }

  List<Edge> edges() {
    return List.copyOf(edges);
  }

  PanelForm form() {
    return form;
  }

  double right() {
    return right;
  }

  double bottom() {
    return bottom;
  }

  private static List<List<Group>> ranks(List<Group> groups) {
    List<List<Group>> ranks = new ArrayList<>();
    for (Group group : groups) {
      while (ranks.size() <= group.depth()) {
        ranks.add(new ArrayList<>());
      }
      ranks.get(group.depth()).add(group);
    }
    return ranks;
  }

  private static boolean follows(Group group) {
    return group.inputs().size() <= 1;
  }

  private double width(int count) {
    return count * form.width() + (count - 1) * GAP_BESIDE;
  }

  private void place(List<Group> rank, double left) {
    Map<Group, Double> wishes = new HashMap<>();
    rank.forEach(group -> wishes.put(group, wish(group)));
    rank.sort(Comparator.comparing(wishes::get));
    double x = left + (panels - width(rank.size())) / 2;
    double tallest = rank.stream().mapToDouble(this::height).max().orElse(0);
    for (Group group : rank) {
      double height = height(group);
      boxes.put(group.name(), new Box(group, x, bottom, form.width(), height, bottom + tallest));
      x += form.width() + GAP_BESIDE;
    }
    bottom += tallest;
  }

  private double height(Group group) {
    return Panel.height(group, form);
  }

  /** The mean position of what a group reads. */
  private double wish(Group group) {
    return group.inputs().stream()
        .mapToDouble(input -> boxes.get(input).middle())
        .average()
        .orElse(0);
  }

  private void connect(List<Group> groups) {
    double first = right + LANE;
    List<Double> lanes = new ArrayList<>();
    for (Group group : groups) {
      Box to = boxes.get(group.name());
      for (String input : group.inputs()) {
        Box from = boxes.get(input);
        if (group.depth() == from.group().depth() + 1) {
          edges.add(new Edge(from, to, -1, to.middle()));
        } else {
          int lane = freeLane(lanes, from.y(), to.y());
          double x = first + lane * LANE;
          right = Math.max(right, x + LANE / 2);
          edges.add(new Edge(from, to, lane, x));
        }
      }
    }
  }

  /** The first lane that is free from {@code start} on; it is taken until {@code end}. */
  private static int freeLane(List<Double> lanes, double start, double end) {
    for (int i = 0; i < lanes.size(); i++) {
      if (lanes.get(i) <= start) {
        lanes.set(i, end);
        return i;
      }
    }
    lanes.add(end);
    return lanes.size() - 1;
  }
}
