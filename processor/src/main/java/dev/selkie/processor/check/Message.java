package dev.selkie.processor.check;

import java.util.Locale;

/**
 * Every sentence the processor can say: what is wrong, where, and a way out. One test per constant.
 */
public enum Message {
  // ---- one layer --------------------------------------------------------------------------------
  NOT_POSITIVE("NotPositive", "%s of %s is %s; it must be at least %s"),
  OUT_AND_WIDTHS("OutAndWidths", "%s gives both out and widths; give one"),
  NO_OUT("NoOut", "%s gives neither out nor widths; give one, such as out = 64"),
  // ---- the graph --------------------------------------------------------------------------------
  UNKNOWN_EDGE("UnknownEdge", "%s reads '%s', which is no layer of %s; did you mean %s?"),
  CYCLE("Cycle", "%s reads itself through %s; a layer may read only what comes before it"),
  UNUSED_LAYER("UnusedLayer", "no layer reads %s, and the output is %s; remove it or read it"),
  // ---- shapes -----------------------------------------------------------------------------------
  SHAPE_MISMATCH("ShapeMismatch", "%s"),
  NOT_DIVISIBLE(
      "NotDivisible", "%s has %s %s channels, not divisible by groups = %s; use groups = %s"),
  KERNEL_TOO_LARGE(
      "KernelTooLarge",
      "%s has a %s kernel, larger than its padded input of %s; shrink the kernel or the strides before it"),
  TOO_LARGE("TooLarge", "%s is too large: %s; make the input, the channels or the kernel smaller"),
  NOT_LOGITS(
      "NotLogits",
      "the output %s is %s, but logits are classes x 1 x 1; end with @GlobalAveragePool or @Dense"),
  PARAMETER_BUDGET("ParameterBudget", "%s has %s parameters, above maxParameters = %s"),
  MEMORY_BUDGET(
      "MemoryBudget",
      "%s needs %s MB at batch %s (%s bytes per sample, %s fixed), above maxMegabytes = %s");

  private final String tag;
  private final String format;

  Message(String tag, String format) {
    this.tag = tag;
    this.format = format;
  }

  public String tag() {
    return tag;
  }

  String text(Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
