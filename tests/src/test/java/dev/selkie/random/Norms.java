package dev.selkie.random;

import java.util.Arrays;

/** Batch normalisation (Ioffe and Szegedy, 2015). */
final class Norms {
  /** Numbers that a device is handed as floats. */
  private static final double EPSILON = 1e-5f;

  private static final double MOMENTUM = 0.1f;

  private Norms() {}

  /** In training it also moves the running statistics, as PyTorch does. */
  static Value norm(Tape tape, Value x, String name) {
    int channels = x.dims.channels();
    double[] scale = tape.weights.value(name + ".weight", channels);
    double[] shift = tape.weights.value(name + ".bias", channels);
    double[] mean = tape.weights.value(name + ".running_mean", channels);
    double[] variance = tape.weights.value(name + ".running_var", channels);
    if (tape.training) {
      double[][] found = moments(x);
      follow(mean, found[0], 1);
      follow(variance, found[1], (double) x.rows() / (x.rows() - 1));
      mean = found[0];
      variance = found[1];
    }
    double[] inverse = new double[channels];
    for (int c = 0; c < channels; c++) {
      inverse[c] = 1 / Math.sqrt(variance[c] + EPSILON);
    }
    Value normal = x.like();
    Value y = x.like();
    for (int i = 0; i < y.v.length; i++) {
      int c = i % channels;
      normal.v[i] = (x.v[i] - mean[c]) * inverse[c];
      y.v[i] = scale[c] * normal.v[i] + shift[c];
    }
    tape.then(() -> backward(tape, x, y, normal, inverse, name));
    return y;
  }

  /** Mean and biased variance of each channel. */
  private static double[][] moments(Value x) {
    int channels = x.dims.channels();
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    for (int i = 0; i < x.v.length; i++) {
      mean[i % channels] += x.v[i];
    }
    Arrays.setAll(mean, c -> mean[c] / x.rows());
    for (int i = 0; i < x.v.length; i++) {
      double distance = x.v[i] - mean[i % channels];
      variance[i % channels] += distance * distance;
    }
    Arrays.setAll(variance, c -> variance[c] / x.rows());
    return new double[][] {mean, variance};
  }

  private static void follow(double[] running, double[] found, double factor) {
    for (int c = 0; c < running.length; c++) {
      running[c] = (1 - MOMENTUM) * running[c] + MOMENTUM * factor * found[c];
    }
  }

  private static void backward(
      Tape tape, Value x, Value y, Value normal, double[] inverse, String name) {
    int channels = x.dims.channels();
    double[] sum = new double[channels];
    double[] product = new double[channels];
    double[] gamma = tape.weights.value(name + ".weight");
    for (int i = 0; i < y.v.length; i++) {
      sum[i % channels] += y.g[i];
      product[i % channels] += y.g[i] * normal.v[i];
      tape.weights.learn(name + ".bias", i % channels, y.g[i], 0);
      // The normalised value is a difference, which may be all rounding.
      double size = Math.abs(y.g[i] * x.v[i] * inverse[i % channels]);
      tape.weights.learn(name + ".weight", i % channels, y.g[i] * normal.v[i], size);
    }
    for (int i = 0; i < y.v.length; i++) {
      int c = i % channels;
      double centred = y.g[i] - (sum[c] + normal.v[i] * product[c]) / x.rows();
      x.g[i] += gamma[c] * inverse[c] * centred;
    }
  }
}
