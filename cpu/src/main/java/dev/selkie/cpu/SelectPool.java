package dev.selkie.cpu;

import dev.selkie.runtime.Tensor;
import java.util.List;

/** The mean over space of the sum of all branches, for inference. One read of each. */
final class SelectPool implements Lanes.Work {
  private final Lanes lanes;
  private final SelectNorms norms = new SelectNorms();
  private CpuTensor squeeze;

  SelectPool(Lanes lanes) {
    this.lanes = lanes;
  }

  void run(CpuTensor means, List<Tensor> xs) {
    CpuTensor first = CpuTensor.cpu(xs.get(0));
    norms.inputs(xs, first);
    squeeze = means;
    lanes.run(this, first.samples());
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int channels = squeeze.channels();
    int perSample = norms.x(0).perSample();
    int length = Channels.tile(channels);
    float[] tile = lane.tile(0, length);
    float[] sum = lane.tile(1, length);
    float share = (float) channels / perSample;
    for (int n = from; n < to; n++) {
      java.util.Arrays.fill(sum, 0, length, 0f);
      for (int m = 0; m < norms.size(); m++) {
        for (int i = 0; i < perSample; i += length) {
          int part = Math.min(length, perSample - i);
          norms.x(m).floats.get(n * perSample + i, tile, 0, part);
          Kernels.accumulate(sum, tile, part);
        }
      }
      Channels.fold(sum, tile, channels, length);
      for (int c = 0; c < channels; c++) {
        sum[c] *= share;
      }
      squeeze.floats.put(n * channels, sum, 0, channels);
    }
  }
}
