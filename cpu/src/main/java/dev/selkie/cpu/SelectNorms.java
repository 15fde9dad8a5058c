package dev.selkie.cpu;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import java.util.List;

/** The branches of a selection as a pass over memory needs them: their tensors and coefficients. */
final class SelectNorms {
  /** Rows of coefficients for each branch. */
  static final int A = 0;

  static final int B = 1;
  static final int SLOPE = 2;
  static final int CONSTANT = 3;
  private static final int ROWS = 4;

  private CpuTensor[] xs = new CpuTensor[0];
  private float[] values = new float[0];
  private int size;
  private int channels;

  /** Takes the branches' convolution outputs, all of the shape of {@code like}. */
  void inputs(List<Tensor> tensors, CpuTensor like) {
    size = tensors.size();
    channels = like.channels();
    xs = xs.length >= size ? xs : new CpuTensor[size];
    values = ExcitationBackward.ensure(values, ROWS * size * channels);
    for (int m = 0; m < size; m++) {
      xs[m] = CpuTensor.cpu(tensors.get(m));
    }
  }

  /** a and b of every branch, from its statistics. */
  void statistics(Selection selection) {
    for (int m = 0; m < size; m++) {
      CpuTensor statistics = CpuTensor.cpu(selection.branches().get(m).norm().statistics());
      statistics.floats.get(2 * channels, values, ROWS * m * channels, 2 * channels);
    }
  }

  /** B and K of every branch. */
  void coefficients(Selection selection) {
    for (int m = 0; m < size; m++) {
      BatchNorm norm = selection.branches().get(m).norm();
      int place = (ROWS * m + SLOPE) * channels;
      CpuTensor.cpu(norm.coefficients()).floats.get(0, values, place, 2 * channels);
    }
  }

  /** a = 1 and b = 0. */
  void identities() {
    for (int m = 0; m < size; m++) {
      int place = ROWS * m * channels;
      java.util.Arrays.fill(values, place, place + channels, 1f);
      java.util.Arrays.fill(values, place + channels, place + 2 * channels, 0f);
    }
  }

  int size() {
    return size;
  }

  CpuTensor x(int m) {
    return xs[m];
  }

  float get(int m, int row, int c) {
    return values[(ROWS * m + row) * channels + c];
  }

  /** A row repeated over a tile. */
  void repeat(int m, int row, float[] into, int length) {
    System.arraycopy(values, (ROWS * m + row) * channels, into, 0, channels);
    Channels.repeat(into, channels, length);
  }
}
