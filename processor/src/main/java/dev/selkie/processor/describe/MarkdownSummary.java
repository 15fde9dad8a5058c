package dev.selkie.processor.describe;

import dev.selkie.processor.plan.MemoryPlan;
import dev.selkie.runtime.Layout;

/** Layers, shapes, counts and memory as a Markdown page. */
public final class MarkdownSummary {
  private final StringBuilder page = new StringBuilder();

  private MarkdownSummary() {}

  /** The page of the network of that name; the same bytes for the same input. */
  public static String of(String network, Summary summary, Layout layout, MemoryPlan plan) {
    MarkdownSummary markdown = new MarkdownSummary();
    markdown.totals(network, summary);
    markdown.memory(layout, plan);
    markdown.layers(summary, new LayerBytes(summary, plan));
    return markdown.page.toString();
  }

  private void totals(String network, Summary summary) {
    line("# " + text(network));
    line("");
    line(
        "%s parameters, %s multiply-adds for one image of %s."
            .formatted(
                Numbers.grouped(summary.parameters()),
                Numbers.grouped(summary.multiplyAdds()),
                summary.input()));
  }

  private void memory(Layout layout, MemoryPlan plan) {
    line("");
    line("## Memory");
    line("");
    line("| training arena | bytes | remark |");
    line("|:---|---:|:---|");
    for (MemoryTable.Entry entry : MemoryTable.of(layout, plan)) {
      row(entry.what(), entry.bytes().replace("*", "\\*"), entry.note());
    }
  }

  private void layers(Summary summary, LayerBytes bytes) {
    line("");
    line("## Layers");
    line("");
    line("Bytes are those of activations, what is saved for backward, and gradients, per sample.");
    line("");
    line("| layer | operation | output c x h x w | parameters | multiply-adds | bytes |");
    line("|:---|:---|---:|---:|---:|---:|");
    for (Summary.Row layer : summary.rows()) {
      row(
          text(layer.layer().path()),
          text(layer.layer().label()),
          layer.output().toString(),
          Numbers.grouped(layer.parameters()),
          Numbers.grouped(layer.multiplyAdds()),
          Numbers.grouped(bytes.of(layer)));
    }
  }

  private void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  /** Java names may hold underscores, which Markdown reads as emphasis, and dollar signs. */
  private static String text(String plain) {
    return Entities.ascii(plain.replace("_", "\\_").replace("$", "\\$"));
  }
}
