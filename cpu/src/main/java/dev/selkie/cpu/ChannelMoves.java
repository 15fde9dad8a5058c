package dev.selkie.cpu;

/** Channels dealt out anew, or taken from a tensor and put back. */
final class ChannelMoves implements Lanes.Work {
  private final Lanes lanes;
  private CpuTensor y;
  private CpuTensor x;
  private int groups;
  private int channel;
  private boolean adds;

  ChannelMoves(Lanes lanes) {
    this.lanes = lanes;
  }

  /** Channel k groups + g of y is channel g (C / groups) + k of x. */
  void shuffle(CpuTensor output, CpuTensor input, int groupsOfInput) {
    groups = groupsOfInput;
    run(output, input);
  }

  /**
   * The narrow tensor into some channels of the wide one, zeros or what was there into the rest.
   */
  void spread(CpuTensor wide, CpuTensor narrow, int first, boolean accumulate) {
    groups = 0;
    channel = first;
    adds = accumulate;
    run(wide, narrow);
  }

  private void run(CpuTensor output, CpuTensor input) {
    y = output;
    x = input;
    lanes.run(this, y.samples() * y.shape().positions());
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int width = y.channels();
    int narrow = x.channels();
    int rows = Math.max(1, Channels.TILE / width);
    float[] source = lane.tile(0, rows * narrow);
    float[] target = lane.tile(1, rows * width);
    for (int row = from; row < to; row += rows) {
      int count = Math.min(rows, to - row);
      x.floats.get(row * narrow, source, 0, count * narrow);
      if (groups > 0) {
        deal(target, source, count);
      } else {
        load(target, row, count);
        add(target, source, count);
      }
      y.floats.put(row * width, target, 0, count * width);
    }
  }

  private void deal(float[] target, float[] source, int rows) {
    int perGroup = x.channels() / groups;
    int from = 0;
    for (int row = 0; row < rows; row++) {
      int start = row * x.channels();
      for (int g = 0; g < groups; g++) {
        for (int k = 0; k < perGroup; k++) {
          target[start + k * groups + g] = source[from++];
        }
      }
    }
  }

  private void load(float[] target, int row, int count) {
    if (adds) {
      y.floats.get(row * y.channels(), target, 0, count * y.channels());
    } else {
      java.util.Arrays.fill(target, 0, count * y.channels(), 0f);
    }
  }

  private void add(float[] target, float[] source, int rows) {
    for (int row = 0; row < rows; row++) {
      int start = row * y.channels() + channel;
      for (int c = 0; c < x.channels(); c++) {
        target[start + c] += source[row * x.channels() + c];
      }
    }
  }
}
