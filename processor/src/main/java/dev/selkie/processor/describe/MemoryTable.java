package dev.selkie.processor.describe;

import dev.selkie.processor.plan.MemoryPlan;
import dev.selkie.runtime.Layout;
import java.util.List;

/** The training arena in words and numbers, as every document shows it. */
final class MemoryTable {
  private MemoryTable() {}

  /** One line: what, how many bytes, and how they are meant. */
  record Entry(String what, String bytes, String note) {}

  static List<Entry> of(Layout layout, MemoryPlan plan) {
    long parameters = layout.decayed() + layout.plain();
    return List.of(
        entry("parameters", parameters, "float32"),
        entry("gradients of parameters", parameters, "float32"),
        entry("statistics and folded weights", layout.fixed(), ""),
        entry("kept, per sample", layout.workspace(), "input, logits, sums, excitations"),
        entry(
            "planned, per sample",
            layout.planned(),
            Numbers.grouped(plan.unshared()) + " if nothing shared a place"),
        entry("alive at once, per sample", plan.live(), "lower bound of any plan"),
        new Entry(
            "whole arena",
            "%s * batch + %s"
                .formatted(
                    Numbers.grouped(layout.bytesPerSample()), Numbers.grouped(layout.bytesFixed())),
            ""));
  }

  private static Entry entry(String what, long bytes, String note) {
    return new Entry(what, Numbers.grouped(bytes), note);
  }
}
