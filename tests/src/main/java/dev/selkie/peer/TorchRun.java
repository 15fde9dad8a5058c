package dev.selkie.peer;

import dev.selkie.training.bench.PeerRun;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** One network in one memory format, on random images. */
final class TorchRun implements PeerRun {
  static {
    Torch.load();
  }

  // So small a rate that random labels never drive weights to where numbers are slow or not finite.
  private static final double RATE = 1e-3;
  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 1e-4;

  private final TorchNetwork network;
  private final int threads;
  private final Tensor images;
  private final Tensor labels;

  TorchRun(ResidualNetwork model, MemoryFormat format, int batch, int threads) {
    TorchState state = new TorchState(ScalarType.Float, format);
    this.network = new TorchNetwork(model, state, RATE, MOMENTUM, DECAY);
    this.threads = threads;
    int size = model.input().size;
    try (PointerScope scope = new PointerScope()) {
      images = state.arrange(torch.randn(batch, model.input().channels, size, size));
      labels = torch.randint(model.input().classes, new long[] {batch}).to(ScalarType.Long);
      images.retainReference();
      labels.retainReference();
    }
  }

  @Override
  public String version() {
    return torch.class.getPackage().getImplementationVersion();
  }

  @Override
  public long steps(int count) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      step();
    }
    return System.nanoTime() - start;
  }

  private void step() {
    // Only where it changes: setting it also drops oneDNN's prepared primitives.
    if (torch.get_num_threads() != threads) {
      torch.set_num_threads(threads);
    }
    try (PointerScope scope = new PointerScope()) {
      network.backward(network.forward(images), labels);
      network.step();
    }
  }

  @Override
  public void close() {
    network.close();
    images.close();
    labels.close();
  }
}
