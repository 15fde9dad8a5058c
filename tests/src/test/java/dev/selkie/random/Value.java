package dev.selkie.random;

/** A batch of images' values in the order n, h, w, c, and the loss's gradient of each. */
final class Value {
  final int batch;
  final Dims dims;
  final double[] v;
  final double[] g;

  Value(int batch, Dims dims) {
    this.batch = batch;
    this.dims = dims;
    this.v = new double[batch * dims.elements()];
    this.g = new double[v.length];
  }

  Value like() {
    return new Value(batch, dims);
  }

  int rows() {
    return batch * dims.positions();
  }

  int at(int n, int y, int x, int c) {
    return ((n * dims.height() + y) * dims.width() + x) * dims.channels() + c;
  }
}
