package dev.selkie.runtime.reference;

import dev.selkie.runtime.Backend;

/** Plain Java loops over an array of doubles. */
public final class ReferenceBackend implements Backend {
  static final String DEVICE = "reference";

  private final Arithmetic arithmetic;
  private final ReferenceOps ops;

  /** The oracle, in double precision. */
  public ReferenceBackend() {
    this(Arithmetic.DOUBLE);
  }

  public ReferenceBackend(Arithmetic arithmetic) {
    this.arithmetic = arithmetic;
    this.ops = new ReferenceOps(arithmetic);
  }

  @Override
  public String device() {
    return DEVICE;
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
