package dev.selkie.runtime.reference;

/**
 * Doubles, with an eye on how near any ReLU came to its kink: beside it neither a difference
 * quotient nor a float32 mask can be compared with the oracle.
 */
public final class KinkWatch implements Arithmetic {
  private double nearest = Double.POSITIVE_INFINITY;

  @Override
  public double round(double value) {
    return value;
  }

  @Override
  public boolean positive(double value) {
    nearest = Math.min(nearest, Math.abs(value));
    return value > 0;
  }

  /** The smallest magnitude that a ReLU was given since the last {@link #reset}. */
  public double nearest() {
    return nearest;
  }

  public void reset() {
    nearest = Double.POSITIVE_INFINITY;
  }
}
