package dev.selkie.cpu;

import java.util.Arrays;

/** All values become zero, whatever they are. */
final class Zero implements Lanes.Work {
  private static final int TILE = 4096;

  private final Lanes lanes;
  private CpuTensor y;

  Zero(Lanes lanes) {
    this.lanes = lanes;
  }

  void run(CpuTensor output) {
    y = output;
    lanes.run(this, (output.bytes.limit() - 1) / TILE + 1);
  }

  @Override
  public void run(Lane lane, int from, int to) {
    byte[] zeros = lane.bytes(TILE);
    Arrays.fill(zeros, 0, TILE, (byte) 0);
    for (int tile = from; tile < to; tile++) {
      int start = tile * TILE;
      y.bytes.put(start, zeros, 0, Math.min(TILE, y.bytes.limit() - start));
    }
  }
}
