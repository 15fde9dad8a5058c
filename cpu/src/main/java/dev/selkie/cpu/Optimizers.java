package dev.selkie.cpu;

import dev.selkie.runtime.ParameterSpan;

/** Updates of flat parameter vectors, as PyTorch's SGD and AdamW define them. */
final class Optimizers {
  private final Lanes lanes;
  private final Lanes.Work sgd = this::sgdTiles;
  private final Lanes.Work adamW = this::adamWTiles;
  private CpuTensor values;
  private CpuTensor gradients;
  private CpuTensor first;
  private CpuTensor second;
  private float learningRate;
  private long step;
  private float rate;
  private float momentum;
  private float decay;
  private float nesterov;
  private float beta1;
  private float beta2;
  private float epsilon;
  private float correction;

  Optimizers(Lanes lanes) {
    this.lanes = lanes;
  }

  /** What the updates of this step use. */
  void learningRate(float value, long number) {
    learningRate = value;
    step = number;
  }

  void sgd(ParameterSpan span, CpuTensor velocity, float inertia, float shrink, boolean n) {
    bind(span, velocity, velocity);
    rate = learningRate;
    momentum = inertia;
    decay = shrink;
    nesterov = n ? 1f : 0f;
    lanes.run(sgd, tiles());
  }

  void adamW(
      ParameterSpan span,
      CpuTensor mean,
      CpuTensor square,
      float b1,
      float b2,
      float smallest,
      float shrink) {
    bind(span, mean, square);
    rate = (float) (learningRate / (1 - Math.pow(b1, (double) step)));
    decay = 1f - learningRate * shrink;
    beta1 = b1;
    beta2 = b2;
    epsilon = smallest;
    correction = (float) (1 / Math.sqrt(1 - Math.pow(b2, (double) step)));
    lanes.run(adamW, tiles());
  }

  private void bind(ParameterSpan span, CpuTensor a, CpuTensor b) {
    values = CpuTensor.cpu(span.values());
    gradients = CpuTensor.cpu(span.gradients());
    first = a;
    second = b;
  }

  private int tiles() {
    return (values.count() - 1) / Channels.TILE + 1;
  }

  private void sgdTiles(Lane lane, int from, int to) {
    float[] w = lane.tile(0, Channels.TILE);
    float[] g = lane.tile(1, Channels.TILE);
    float[] v = lane.tile(2, Channels.TILE);
    for (int tile = from; tile < to; tile++) {
      int start = tile * Channels.TILE;
      int count = Math.min(Channels.TILE, values.count() - start);
      values.floats.get(start, w, 0, count);
      gradients.floats.get(start, g, 0, count);
      first.floats.get(start, v, 0, count);
      addScaled(g, w, decay, count);
      velocity(v, g, momentum, count);
      // Plain: w -= rate v. Nesterov: w -= rate (g + momentum v).
      addScaled(w, g, -rate * nesterov, count);
      addScaled(w, v, -rate * (nesterov * momentum + 1 - nesterov), count);
      values.floats.put(start, w, 0, count);
      first.floats.put(start, v, 0, count);
    }
  }

  private void adamWTiles(Lane lane, int from, int to) {
    float[] w = lane.tile(0, Channels.TILE);
    float[] g = lane.tile(1, Channels.TILE);
    float[] m = lane.tile(2, Channels.TILE);
    float[] s = lane.tile(3, Channels.TILE);
    for (int tile = from; tile < to; tile++) {
      int start = tile * Channels.TILE;
      int count = Math.min(Channels.TILE, values.count() - start);
      values.floats.get(start, w, 0, count);
      gradients.floats.get(start, g, 0, count);
      first.floats.get(start, m, 0, count);
      second.floats.get(start, s, 0, count);
      average(m, g, beta1, count);
      averageSquare(s, g, beta2, count);
      step(w, m, s, count);
      values.floats.put(start, w, 0, count);
      first.floats.put(start, m, 0, count);
      second.floats.put(start, s, 0, count);
    }
  }

  private void step(float[] w, float[] m, float[] s, int n) {
    float keep = decay;
    float size = rate;
    float scale = correction;
    float least = epsilon;
    for (int i = 0; i < n; i++) {
      w[i] = keep * w[i] - size * m[i] / ((float) Math.sqrt(s[i]) * scale + least);
    }
  }

  private static void addScaled(float[] y, float[] x, float factor, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += factor * x[i];
    }
  }

  private static void velocity(float[] v, float[] g, float momentum, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = momentum * v[i] + g[i];
    }
  }

  private static void average(float[] m, float[] g, float beta, int n) {
    for (int i = 0; i < n; i++) {
      m[i] = beta * m[i] + (1 - beta) * g[i];
    }
  }

  private static void averageSquare(float[] s, float[] g, float beta, int n) {
    for (int i = 0; i < n; i++) {
      s[i] = beta * s[i] + (1 - beta) * g[i] * g[i];
    }
  }
}
