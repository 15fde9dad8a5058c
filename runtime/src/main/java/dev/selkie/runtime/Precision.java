package dev.selkie.runtime;

/**
 * What activations are stored in and products are computed from. Sums, statistics, parameters,
 * their gradients and the optimiser are float32 in all of them.
 */
public enum Precision {
  FLOAT32("float32", Element.FLOAT32),
  /** Float32 in memory; products of convolutions and dense layers round to 10 bits of mantissa. */
  TF32("tf32", Element.FLOAT32),
  /** 8 bits of mantissa, float32's range. */
  BFLOAT16("bfloat16", Element.BFLOAT16),
  /** 11 bits of mantissa, a range so narrow that the loss is scaled. */
  FLOAT16("float16", Element.FLOAT16);

  private static final int TF32_MANTISSA = 10;

  private final String label;
  private final Element activations;

  Precision(String label, Element activations) {
    this.label = label;
    this.activations = activations;
  }

  /** What an activation holds. */
  public Element activations() {
    return activations;
  }

  /** What convolutions and dense layers make of a number that they multiply. */
  public float factor(float value) {
    return this == TF32
        ? Halves.roundMantissa(value, TF32_MANTISSA)
        : Halves.round(activations, value);
  }

  /** As the command line spells it. */
  @Override
  public String toString() {
    return label;
  }
}
