package dev.selkie.cpu;

/** Copies a tensor to or from some of the channels of a wider one. */
final class Concat implements Lanes.Work {
  private final Lanes lanes;
  private CpuTensor wide;
  private CpuTensor narrow;
  private int channel;
  private boolean gather;

  Concat(Lanes lanes) {
    this.lanes = lanes;
  }

  void forward(CpuTensor y, CpuTensor x, int first) {
    run(y, x, first, false);
  }

  void backward(CpuTensor dx, CpuTensor dy, int first) {
    run(dy, dx, first, true);
  }

  private void run(CpuTensor whole, CpuTensor part, int first, boolean fromWhole) {
    wide = whole;
    narrow = part;
    channel = first;
    gather = fromWhole;
    lanes.run(this, part.samples() * part.shape().positions());
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int width = narrow.channels();
    int rows = Math.max(1, Channels.TILE / width);
    float[] tile = lane.tile(0, rows * width);
    for (int row = from; row < to; row += rows) {
      int count = Math.min(rows, to - row);
      if (!gather) {
        narrow.floats.get(row * width, tile, 0, count * width);
      }
      for (int i = 0; i < count; i++) {
        int place = (row + i) * wide.channels() + channel;
        if (gather) {
          wide.floats.get(place, tile, i * width, width);
        } else {
          wide.floats.put(place, tile, i * width, width);
        }
      }
      if (gather) {
        narrow.floats.put(row * width, tile, 0, count * width);
      }
    }
  }
}
