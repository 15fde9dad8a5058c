package dev.selkie.cpu;

/**
 * Keeps each value with probability 1 - rate and scales it by 1 / (1 - rate).
 *
 * <p>The draw is a function of seed, layer and index alone: SplitMix64's finaliser (Steele, Lea and
 * Flood, 2014) of {@code seed + layer * 0x9E3779B97F4A7C15 ^ index * 0xD1B54A32D192ED03}, of which
 * the upper 24 bits are a fraction; the value is kept where that is at least the rate.
 */
final class Dropout implements Lanes.Work {
  private final Lanes lanes;
  private CpuTensor y;
  private CpuTensor x;
  private CpuTensor mask;
  private float rate;
  private long stream;
  private boolean draw;

  Dropout(Lanes lanes) {
    this.lanes = lanes;
  }

  void forward(
      CpuTensor output, CpuTensor bits, CpuTensor input, float share, int layer, long seed) {
    stream = stream(seed, layer);
    draw = true;
    run(output, bits, input, share);
  }

  void backward(CpuTensor dx, CpuTensor dy, CpuTensor bits, float share) {
    draw = false;
    run(dx, bits, dy, share);
  }

  /** Whether the value at {@code index} is kept. */
  static boolean keeps(long stream, long index, float rate) {
    return fraction(stream, index) >= rate;
  }

  /** What a layer's draws are hashed from. */
  static long stream(long seed, int layer) {
    return seed + layer * 0x9E3779B97F4A7C15L;
  }

  /** Uniform in [0, 1), a multiple of 2^-24. */
  static float fraction(long stream, long index) {
    return (mix(stream ^ index * 0xD1B54A32D192ED03L) >>> 40) * 0x1p-24f;
  }

  private void run(CpuTensor output, CpuTensor bits, CpuTensor input, float share) {
    y = output;
    x = input;
    mask = bits;
    rate = share;
    lanes.run(this, (output.count() - 1) / Channels.TILE + 1);
  }

  @Override
  public void run(Lane lane, int from, int to) {
    float[] values = lane.tile(0, Channels.TILE);
    byte[] bits = lane.bytes(Channels.TILE / 8);
    float scale = 1f / (1f - rate);
    for (int tile = from; tile < to; tile++) {
      int start = tile * Channels.TILE;
      int count = Math.min(Channels.TILE, y.count() - start);
      int bytes = (count + 7) / 8;
      x.floats.get(start, values, 0, count);
      if (draw) {
        draw(bits, start, count);
        mask.bytes.put(start / 8, bits, 0, bytes);
      } else {
        mask.bytes.get(start / 8, bits, 0, bytes);
      }
      for (int i = 0; i < count; i++) {
        values[i] = (bits[i >> 3] >> (i & 7) & 1) != 0 ? values[i] * scale : 0f;
      }
      y.floats.put(start, values, 0, count);
    }
  }

  private void draw(byte[] bits, int start, int count) {
    java.util.Arrays.fill(bits, 0, (count + 7) / 8, (byte) 0);
    for (int i = 0; i < count; i++) {
      if (keeps(stream, start + i, rate)) {
        bits[i >> 3] |= (byte) (1 << (i & 7));
      }
    }
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
