package dev.selkie.runtime.reference;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.Precision;

/** Plain Java loops over an array of doubles. */
public final class ReferenceBackend implements Backend {
  static final String DEVICE = "reference";

  private final Arithmetic arithmetic;
  private final Precision precision;
  private final ReferenceOps ops;

  /** The oracle, in double precision. */
  public ReferenceBackend() {
    this(Arithmetic.DOUBLE);
  }

  public ReferenceBackend(Arithmetic arithmetic) {
    this(arithmetic, Precision.FLOAT32);
  }

  /**
   * @param precision of activations; {@link Arithmetic#DOUBLE} rounds none but those that the host
   *     writes
   */
  public ReferenceBackend(Arithmetic arithmetic, Precision precision) {
    this.arithmetic = arithmetic;
    this.precision = precision;
    this.ops = new ReferenceOps(arithmetic, precision);
  }

  @Override
  public String device() {
    return DEVICE;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public ReferenceOps ops() {
    return ops;
  }

  @Override
  public ReferenceArena allocate(long bytes) {
    return new ReferenceArena(bytes, arithmetic);
  }

  /** The garbage collector frees the arenas. */
  @Override
  public void close() {}
}
