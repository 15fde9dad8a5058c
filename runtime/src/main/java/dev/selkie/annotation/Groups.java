package dev.selkie.annotation;

/** Names for numbers of groups that depend on the input. */
public final class Groups {
  /** One group for each input channel: a depthwise convolution. */
  public static final int CHANNELS = -1;

  private Groups() {}
}
