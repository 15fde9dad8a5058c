package dev.selkie.runtime.reference;

/** All verbs; each family says its own. */
public final class ReferenceOps
    implements BatchNormVerbs,
        BatchNormBackwardVerbs,
        SelectBackwardVerbs,
        ElementwiseVerbs,
        ChannelVerbs,
        DropoutVerbs,
        ShakeVerbs,
        PoolingVerbs,
        DenseVerbs,
        LossVerbs,
        InferenceVerbs,
        OptimizerVerbs {
  private final Arithmetic arithmetic;
  private long seed;

  ReferenceOps(Arithmetic arithmetic) {
    this.arithmetic = arithmetic;
  }

  @Override
  public Arithmetic arithmetic() {
    return arithmetic;
  }

  @Override
  public void seed(long value) {
    seed = value;
  }

  @Override
  public long seed() {
    return seed;
  }
}
