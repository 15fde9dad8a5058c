package dev.selkie.cpu;

import static dev.selkie.cpu.CpuTensor.cpu;

import dev.selkie.runtime.Excitation;

/** The maximum of each sample's channels, which position it stands at, and its gradient back. */
final class ChannelMaxima {
  private final Lanes lanes;
  private final Lanes.Work find = this::find;
  private final Lanes.Work scatter = this::scatter;
  private Excitation excitation;
  private CpuTensor whole;

  ChannelMaxima(Lanes lanes) {
    this.lanes = lanes;
  }

  /** Squeeze and winners of x; a NaN wins, as in PyTorch. */
  void forward(Excitation units, CpuTensor x) {
    run(find, units, x);
  }

  /** Adds the squeeze's gradient to dx where the maximum was. */
  void backward(CpuTensor dx, Excitation units) {
    run(scatter, units, dx);
  }

  private void run(Lanes.Work work, Excitation units, CpuTensor tensor) {
    excitation = units;
    whole = tensor;
    lanes.run(work, tensor.samples());
  }

  private void find(Lane lane, int from, int to) {
    int channels = whole.channels();
    int positions = whole.shape().positions();
    float[] row = lane.tile(0, channels);
    float[] best = lane.tile(1, channels);
    float[] winner = lane.tile(2, channels);
    for (int n = from; n < to; n++) {
      java.util.Arrays.fill(best, 0, channels, Float.NEGATIVE_INFINITY);
      java.util.Arrays.fill(winner, 0, channels, 0f);
      for (int p = 0; p < positions; p++) {
        whole.floats.get((n * positions + p) * channels, row, 0, channels);
        for (int c = 0; c < channels; c++) {
          boolean wins = row[c] > best[c] || Float.isNaN(row[c]);
          best[c] = wins ? row[c] : best[c];
          winner[c] = wins ? p : winner[c];
        }
      }
      cpu(excitation.squeeze()).floats.put(n * channels, best, 0, channels);
      cpu(excitation.winners()).floats.put(n * channels, winner, 0, channels);
    }
  }

  private void scatter(Lane lane, int from, int to) {
    int channels = whole.channels();
    int positions = whole.shape().positions();
    float[] gradient = lane.tile(0, channels);
    float[] winner = lane.tile(1, channels);
    for (int n = from; n < to; n++) {
      cpu(excitation.dSqueeze()).floats.get(n * channels, gradient, 0, channels);
      cpu(excitation.winners()).floats.get(n * channels, winner, 0, channels);
      for (int c = 0; c < channels; c++) {
        int place = (n * positions + (int) winner[c]) * channels + c;
        whole.floats.put(place, whole.floats.get(place) + gradient[c]);
      }
    }
  }
}
