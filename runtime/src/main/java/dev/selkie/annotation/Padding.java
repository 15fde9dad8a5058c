package dev.selkie.annotation;

/** Names for paddings that depend on the kernel. */
public final class Padding {
  /**
   * {@code dilation (kernel - 1) / 2} (rounded down) on each side, as convolutional networks in
   * PyTorch write it: with an odd kernel and stride s, h becomes h / s rounded up.
   */
  public static final int SAME = -1;

  private Padding() {}
}
