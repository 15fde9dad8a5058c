package dev.selkie.cpu;

import dev.selkie.runtime.BatchNorm;

/** Takes a batch norm's running statistics up into the weights and bias of a convolution. */
final class Folding implements Lanes.Work {
  private final Lanes lanes;
  private float[] norm = new float[0];
  private CpuTensor target;
  private CpuTensor weight;

  Folding(Lanes lanes) {
    this.lanes = lanes;
  }

  /** a = scale / sqrt(variance + epsilon) and b = shift - a mean, one behind the other. */
  static void coefficients(float[] into, BatchNorm norm, int channels) {
    CpuTensor scale = CpuTensor.cpu(norm.scale().value());
    CpuTensor shift = CpuTensor.cpu(norm.shift().value());
    CpuTensor mean = CpuTensor.cpu(norm.runningMean());
    CpuTensor variance = CpuTensor.cpu(norm.runningVariance());
    for (int c = 0; c < channels; c++) {
      double spread = Math.sqrt((double) variance.floats.get(c) + BatchNorm.EPSILON);
      double a = scale.floats.get(c) / spread;
      into[c] = (float) a;
      into[channels + c] = (float) (shift.floats.get(c) - a * mean.floats.get(c));
    }
  }

  /**
   * @param bias of the convolution, or null
   */
  void run(
      CpuTensor foldedWeight,
      CpuTensor foldedBias,
      CpuTensor source,
      CpuTensor bias,
      BatchNorm batchNorm) {
    int filters = source.samples();
    if (norm.length < 2 * filters) {
      norm = new float[2 * filters];
    }
    coefficients(norm, batchNorm, filters);
    for (int o = 0; o < filters; o++) {
      float own = bias == null ? 0f : bias.floats.get(o);
      foldedBias.floats.put(o, Math.fma(norm[o], own, norm[filters + o]));
    }
    target = foldedWeight;
    weight = source;
    lanes.run(this, filters);
  }

  @Override
  public void run(Lane lane, int from, int to) {
    int length = weight.perSample();
    float[] filter = lane.tile(0, length);
    for (int o = from; o < to; o++) {
      weight.floats.get(o * length, filter, 0, length);
      for (int i = 0; i < length; i++) {
        filter[i] *= norm[o];
      }
      target.floats.put(o * length, filter, 0, length);
    }
  }
}
