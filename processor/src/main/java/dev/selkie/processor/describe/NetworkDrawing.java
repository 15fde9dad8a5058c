package dev.selkie.processor.describe;

import dev.selkie.processor.describe.Svg.Anchor;
import dev.selkie.processor.plan.MemoryPlan;
import dev.selkie.runtime.Layout;
import java.util.List;

/** The network as one SVG drawing: its layers as a graph, and its memory plan below. */
public final class NetworkDrawing {
  private static final double MARGIN = 36;
  private static final double LINE = 17;
  private static final double TITLE = 50;
  private static final double FIGURES = 52;
  private static final double SECTION = 34;
  private static final double LAYERS = MARGIN + TITLE + FIGURES + SECTION;

  private final Svg svg = new Svg();
  private final Summary summary;
  private final Layout layout;
  private final MemoryPlan plan;
  private final Arrangement arrangement;
  private final double right;

  private NetworkDrawing(Summary summary, Layout layout, MemoryPlan plan) {
    this.summary = summary;
    this.layout = layout;
    this.plan = plan;
    this.arrangement = new Arrangement(Group.of(summary), MARGIN, LAYERS);
    this.right = arrangement.right();
  }

  /** The drawing of the network of that name; the same bytes for the same input. */
  public static String of(String network, Summary summary, Layout layout, MemoryPlan plan) {
    return new NetworkDrawing(summary, layout, plan).draw(network);
  }

  private String draw(String network) {
    List<MemoryTable.Entry> table = MemoryTable.of(layout, plan);
    double memory = arrangement.bottom() + MARGIN;
    double picture = memory + SECTION + table.size() * LINE + LINE;
    double height = picture + PlanPicture.height() + MARGIN;
    double width = right + MARGIN;
    svg.rectangle("sheet", 0, 0, width, height);
    svg.rectangle("frame", 12, 12, width - 24, height - 24);
    header(network);
    Legend.layers(svg, MARGIN, right, LAYERS - SECTION + LINE);
    layers();
    Legend.memory(svg, plan, MARGIN, right, memory + LINE);
    memory(table, memory + SECTION + LINE);
    new PlanPicture(svg, plan, MARGIN, picture, right - MARGIN).draw();
    return svg.document(width, height, network, Stylesheet.css());
  }

  private void header(String network) {
    double room = right - MARGIN;
    svg.text(Lettering.TITLE, Anchor.START, MARGIN, MARGIN + 22, room, network);
    List<String> figures =
        List.of(
            "parameters", Numbers.grouped(summary.parameters()),
            "multiply-adds, one image", Numbers.grouped(summary.multiplyAdds()),
            "bytes per sample", Numbers.grouped(layout.bytesPerSample()),
            "bytes fixed", Numbers.grouped(layout.bytesFixed()));
    double column = PanelForm.WIDE.width() / (figures.size() / 2);
    double y = MARGIN + TITLE;
    for (int i = 0; i < figures.size() / 2; i++) {
      double x = MARGIN + i * column;
      svg.text(Lettering.CAPTION, Anchor.START, x, y, column, figures.get(2 * i));
      svg.text(Lettering.FIGURE, Anchor.START, x, y + LINE + 2, column, figures.get(2 * i + 1));
    }
  }

  private void layers() {
    arrangement.edges().forEach(new Arrows(svg)::draw);
    Panel panel = new Panel(svg, arrangement.form(), summary, new LayerBytes(summary, plan));
    List<Arrangement.Box> boxes = arrangement.boxes();
    panel.columns(boxes.get(0).x(), boxes.get(0).y() - arrangement.form().rowHeight());
    boxes.forEach(panel::draw);
  }

  private void memory(List<MemoryTable.Entry> table, double top) {
    double y = top;
    for (MemoryTable.Entry entry : table) {
      svg.text(Lettering.DATA, Anchor.START, MARGIN, y, 230, entry.what());
      svg.text(Lettering.DATA, Anchor.END, MARGIN + 480, y, 240, entry.bytes());
      svg.text(Lettering.CAPTION, Anchor.START, MARGIN + 500, y, 300, entry.note());
      y += LINE;
    }
  }
}
