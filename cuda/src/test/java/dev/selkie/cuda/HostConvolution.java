package dev.selkie.cuda;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Shape;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Plain loops where cuDNN would be; refuses a pass that was not prepared, or has not the workspace
 * it asked for.
 */
final class HostConvolution implements Driver.Convolution {
  private static final long WORKSPACE = 4096;

  private final HostDriver driver;
  private final ConvolutionShape shape;
  private final Set<Driver.Pass> prepared = EnumSet.noneOf(Driver.Pass.class);

  HostConvolution(HostDriver driver, ConvolutionShape shape) {
    this.driver = driver;
    this.shape = shape;
  }

  /** One product of the sum: flat indices into y, w and x. */
  private interface Product {
    void at(int y, int w, int x);
  }

  @Override
  public void prepare(Driver.Pass pass, LongConsumer workspace) {
    driver.note("prepare %s of %s".formatted(pass, shape));
    prepared.add(pass);
    workspace.accept(WORKSPACE);
  }

  @Override
  public void forward(long y, long x, long weight, float beta, long workspace) {
    start(Driver.Pass.FORWARD, workspace);
    float[] in = read(x, shape.x());
    float[] w = read(weight, shape.weight());
    float[] out = output(y, shape.y(), beta);
    products((yi, wi, xi) -> out[yi] += w[wi] * in[xi]);
    driver.store(y, out, type());
  }

  @Override
  public void backwardData(long dx, long dy, long weight, float beta, long workspace) {
    start(Driver.Pass.BACKWARD_DATA, workspace);
    float[] in = read(dy, shape.y());
    float[] w = read(weight, shape.weight());
    float[] out = output(dx, shape.x(), beta);
    products((yi, wi, xi) -> out[xi] += w[wi] * in[yi]);
    driver.store(dx, out, type());
  }

  @Override
  public void backwardWeights(long dWeight, long x, long dy, float beta, long workspace) {
    start(Driver.Pass.BACKWARD_WEIGHTS, workspace);
    float[] in = read(x, shape.x());
    float[] g = read(dy, shape.y());
    float[] out = output(dWeight, shape.weight(), beta);
    products((yi, wi, xi) -> out[wi] += in[xi] * g[yi]);
    driver.store(dWeight, out, type());
  }

  private void start(Driver.Pass pass, long workspace) {
    if (!prepared.contains(pass)) {
      throw new IllegalStateException("%s of %s was not prepared".formatted(pass, shape));
    }
    driver.note("%s of %s".formatted(pass, shape));
    // What is written there must be the caller's to lose.
    driver.zero(workspace, WORKSPACE);
  }

  private float[] output(long address, Shape of, float beta) {
    return beta == 0 ? new float[Math.toIntExact(of.elements())] : read(address, of);
  }

  private float[] read(long address, Shape of) {
    return driver.values(address, of.elements(), type());
  }

  private Element type() {
    return shape.precision().activations();
  }

  private void products(Product product) {
    Shape x = shape.x();
    Shape y = shape.y();
    Shape w = shape.weight();
    ConvGeometry g = shape.geometry();
    int perGroup = y.channels() / g.groups();
    for (int yi = 0; yi < y.elements(); yi++) {
      int o = yi % y.channels();
      int q = yi / y.channels() % y.width();
      int p = yi / y.channels() / y.width() % y.height();
      int n = yi / y.channels() / y.width() / y.height();
      for (int i = 0; i < w.height(); i++) {
        int row = p * g.stride() + i * g.dilation() - g.paddingHeight();
        for (int j = 0; j < w.width() && row >= 0 && row < x.height(); j++) {
          int column = q * g.stride() + j * g.dilation() - g.paddingWidth();
          if (column < 0 || column >= x.width()) {
            continue;
          }
          int xi =
              ((n * x.height() + row) * x.width() + column) * x.channels()
                  + o / perGroup * w.channels();
          int wi = ((o * w.height() + i) * w.width() + j) * w.channels();
          for (int c = 0; c < w.channels(); c++) {
            product.at(yi, wi + c, xi + c);
          }
        }
      }
    }
  }

  @Override
  public void close() {
    driver.note("close convolution");
  }
}
