package dev.selkie.parity;

/** How the sides train; numbers that float32 holds exactly, so that all sides take the same. */
final class Recipe {
  static final int STEPS = 10;
  static final double RATE = 0x1p-8;
  static final double MOMENTUM = 0.875;
  static final double DECAY = 0x1p-6;

  private Recipe() {}
}
