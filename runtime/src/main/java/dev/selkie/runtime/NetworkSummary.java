package dev.selkie.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * What a network is made of, as counted at compile time.
 *
 * @param parameters learnable ones, without running statistics
 * @param multiplyAdds of convolutions and dense layers, for one image
 * @param bytesPerSample of the training arena; the whole is bytesPerSample * batch + bytesFixed
 * @param bytesFixed of the training arena: parameters, gradients, statistics
 * @param bytesPlanned of bytesPerSample, what 16-bit activations halve
 */
public record NetworkSummary(
    String network,
    long parameters,
    long multiplyAdds,
    long bytesPerSample,
    long bytesFixed,
    long bytesPlanned,
    List<Layer> layers) {

  /** One layer as the user wrote it, with its output shape. */
  public record Layer(
      String name,
      String op,
      int channels,
      int height,
      int width,
      long parameters,
      long multiplyAdds) {}

  public NetworkSummary {
    layers = List.copyOf(layers);
  }

  /** Bytes of the training arena at this batch, in float32. */
  public long bytes(int batch) {
    return bytes(batch, Precision.FLOAT32);
  }

  /** Bytes of the training arena at this batch. */
  public long bytes(int batch, Precision precision) {
    return bytesPerSample(precision) * batch + bytesFixed;
  }

  /** Bytes of the training arena that each image takes. */
  public long bytesPerSample(Precision precision) {
    long full = Element.FLOAT32.bits();
    return bytesPerSample - bytesPlanned * (full - precision.activations().bits()) / full;
  }

  /** Collects layers in the order of the forward pass; for generated code. */
  public static final class Builder {
    private final String network;
    private final List<Layer> layers = new ArrayList<>();

    public Builder(String network) {
      this.network = network;
    }

    public void layer(
        String name, String op, int c, int h, int w, long parameters, long multiplyAdds) {
      layers.add(new Layer(name, op, c, h, w, parameters, multiplyAdds));
    }

    public NetworkSummary build(Layout layout) {
      return new NetworkSummary(
          network,
          layers.stream().mapToLong(Layer::parameters).sum(),
          layers.stream().mapToLong(Layer::multiplyAdds).sum(),
          layout.bytesPerSample(),
          layout.bytesFixed(),
          layout.planned(),
          layers);
    }
  }
}
