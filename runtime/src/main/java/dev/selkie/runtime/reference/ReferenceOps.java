package dev.selkie.runtime.reference;

import dev.selkie.runtime.Precision;

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
  private final Precision precision;
  private long seed;
  private float rate;
  private long step;

  ReferenceOps(Arithmetic arithmetic, Precision precision) {
    this.arithmetic = arithmetic;
    this.precision = precision;
  }

  @Override
  public Arithmetic arithmetic() {
    return arithmetic;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public void seed(long value) {
    seed = value;
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public void learningRate(float value, long number) {
    rate = value;
    step = number;
  }

  @Override
  public float rate() {
    return rate;
  }

  @Override
  public long step() {
    return step;
  }
}
