package dev.selkie.processor.check;

import java.util.Locale;

/**
 * Every sentence the processor can say: what is wrong, where, and a way out. One test per constant.
 */
public enum Message {
  // ---- an interface -----------------------------------------------------------------------------
  NOT_AN_INTERFACE("NotAnInterface", "%s is %s; make it an interface whose methods are layers"),
  NOT_PLAIN("NotPlain", "%s has %s; a model stands alone: share layers through a @Block instead"),
  NETWORK_AND_BLOCK(
      "NetworkAndBlock",
      "%s is both @Network and @Block; keep one, or repeat the block in a @Stage of the network"),
  EMPTY_MODEL(
      "EmptyModel", "%s has no layers; add a method such as @Relu Tensor activated(Tensor image)"),
  NAME_TOO_LONG(
      "NameTooLong",
      "the name %s has %s bytes; it may have %s, since names of files and weights are made of it;"
          + " give a shorter one"),
  // ---- a method ---------------------------------------------------------------------------------
  NOT_ABSTRACT(
      "NotAbstract",
      "%s is %s; a layer is an abstract method without type parameters and exceptions"),
  NO_LAYER("NoLayer", "%s has no layer annotation; add one, such as @Relu, or remove the method"),
  SEVERAL_LAYERS("SeveralLayers", "%s is both @%s and @%s; make it two methods, one layer each"),
  SAME_NAME("SameName", "two layers are named %s; rename one, since edges are names"),
  NOT_TENSOR("NotTensor", "%s is of type %s; layers read and give dev.selkie.runtime.Tensor"),
  UNRESOLVED("Unresolved", "%s of %s cannot be found; correct its name or its import"),
  INPUT_COUNT("InputCount", "%s reads %s tensors, but @%s reads %s; %s"),
  // ---- a block ----------------------------------------------------------------------------------
  NOT_A_BLOCK("NotABlock", "%s repeats %s, which is no block; name an interface that is @Block"),
  BLOCK_CYCLE("BlockCycle", "%s contains itself: %s; a block repeats only other blocks"),
  NO_SIDECAR(
      "NoSidecar",
      "the class file of %s does not say what its layers read, and no %s is there to say it;"
          + " compile %s with Selkie's processor, or together with the network"),
  SIDECAR_TOO_NEW(
      "SidecarTooNew",
      "%s was compiled by Selkie %s, whose sidecars are of format %s, but this is Selkie %s, which"
          + " reads up to format %s; use Selkie %s or newer here too"),
  SIDECAR_MISMATCH(
      "SidecarMismatch",
      "%s does not match the class file of %s: %s; compile %s anew with Selkie's processor (mvn"
          + " clean compile)"),
  // ---- values -----------------------------------------------------------------------------------
  TOO_SMALL("TooSmall", "%s of %s is %s; it must be at least %s"),
  DROPOUT_RATE("DropoutRate", "rate of %s is %s; it must be at least 0 and below 1"),
  OUT_AND_WIDTHS("OutAndWidths", "%s gives both out and widths; give one"),
  NO_OUT("NoOut", "%s gives neither out nor widths; give one, such as out = 64"),
  ONLY_IN_BLOCK(
      "OnlyInBlock", "%s of %s needs the %s of a @Stage; give %s here, or move it to a @Block"),
  STRIDE_AND_STRIDED("StrideAndStrided", "%s gives both stride = %s and strided; give one"),
  PADDING_TOO_LARGE(
      "PaddingTooLarge",
      "padding of %s is %s, so that a window of kernel = %s could see nothing else; at most %s"),
  CEIL_COUNTS_PADDING(
      "CeilCountsPadding",
      "%s rounds its size up, so that a window may reach beyond the padding, but counts padding; give"
          + " countPadding = false or padding = 0"),
  NO_SUCH_PART("NoSuchPart", "%s takes part %s of %s; parts count from 1 to %s"),
  BAD_FACTOR("BadFactor", "factor of %s is %s; it must be a number other than 0"),
  NO_SCALE(
      "NoScale", "%s has no norm whose scale could start from %s; remove scale or give a norm"),
  BRANCHES("Branches", "branches of %s is %s; a selective kernel has 2 or 3"),
  BRANCH_VALUES(
      "BranchValues",
      "%s of %s has %s values for %s branches; give one for all branches or one for each"),
  EVEN_KERNEL(
      "EvenKernel",
      "kernels of %s has an even %s; give odd ones, so that all branches have one height and width"),
  NO_WIDTH("NoWidth", "%s gives no width, but layers of %s count in it, such as %s; give a width"),
  NO_EFFECT(
      "NoEffect", "%s of %s is %s, but no layer of %s takes it; remove it, or give a layer %s"),
  // ---- the graph --------------------------------------------------------------------------------
  UNKNOWN_EDGE("UnknownEdge", "%s reads '%s', which is no layer of %s; did you mean %s?"),
  SEVERAL_INPUTS(
      "SeveralInputs",
      "%s reads '%s', which is no layer of %s; its one input is '%s', and the nearest layer is %s"),
  CYCLE("Cycle", "%s reads itself: %s; let one of them read only what comes before it"),
  UNUSED_LAYER("UnusedLayer", "no layer reads %s, and the output is %s; remove it or read it"),
  // ---- shapes -----------------------------------------------------------------------------------
  SHAPE_MISMATCH("ShapeMismatch", "%s"),
  NOT_DIVISIBLE("NotDivisible", "%s has %s %s channels, not divisible by %s = %s; use %s = %s"),
  CANNOT_PAD(
      "CannotPad",
      "%s pads %s channels to %s; ask for at least %s, or read them through a @Shortcut"),
  KERNEL_TOO_LARGE(
      "KernelTooLarge",
      "%s has a %s kernel, larger than its padded input of %s; shrink the kernel or the strides before it"),
  TOO_LARGE(
      "TooLarge",
      "%s is too large: %s; make the input, the channels, the kernel or the repeats smaller"),
  NOT_LOGITS(
      "NotLogits",
      "the output %s is %s, but logits are classes x 1 x 1; end with @GlobalAveragePool or @Dense"),
  OUTPUT_IS_INPUT(
      "OutputIsInput",
      "the output %s is the input itself, since no layer changes it; end with one that does, such as"
          + " @Dense"),
  PARAMETER_BUDGET("ParameterBudget", "%s has %s parameters, above maxParameters = %s"),
  MEMORY_BUDGET(
      "MemoryBudget",
      "%s needs %s MB at batch %s (%s bytes per sample, %s fixed), above maxMegabytes = %s"),
  // ---- the compiler -----------------------------------------------------------------------------
  BAD_OPTION("BadOption", "-A%s is '%s'; it must be true or false"),
  CANNOT_WRITE(
      "CannotWrite",
      "%s cannot be written: %s; see that no class of that name is there and that the processor runs once"),
  NOT_PROVIDED(
      "NotProvided",
      "networks of a module are found only where it provides them; add to module %s: provides"
          + " dev.selkie.runtime.NetworkFactory with %s;"),
  INTERNAL_ERROR(
      "InternalError", "internal error in the Selkie processor on %s: %s; please report it");

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
