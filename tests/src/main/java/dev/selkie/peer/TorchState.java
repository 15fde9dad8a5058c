package dev.selkie.peer;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network's parameters and running statistics by name, of one type and in one memory format. What
 * is missing is made when its layer first asks for it. Outlives the pointer scopes it is used in.
 */
public final class TorchState implements AutoCloseable {
  static {
    Torch.load();
  }

  private final ScalarType type;
  private final MemoryFormat format;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> statistics = new LinkedHashMap<>();

  public TorchState(ScalarType type, MemoryFormat format) {
    this.type = type;
    this.format = format;
  }

  /** By name, in the order they were put or first asked for. */
  public Map<String, Tensor> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Running means and variances by name. */
  public Map<String, Tensor> statistics() {
    return Collections.unmodifiableMap(statistics);
  }

  /** Sets a parameter to a copy of these values. */
  public void parameter(String name, Tensor values) {
    put(parameters, name, arrange(values).requires_grad_());
  }

  /** Sets a running statistic to a copy of these values. */
  public void statistic(String name, Tensor values) {
    put(statistics, name, arrange(values));
  }

  /** A copy of this state's type and, where it has four dimensions, memory format. */
  public Tensor arrange(Tensor values) {
    MemoryFormat target = values.dim() == 4 ? format : MemoryFormat.Contiguous;
    return values.to(type, false, true, new MemoryFormatOptional(target));
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
    statistics.values().forEach(Tensor::close);
  }

  /** Weights of two or more dimensions; normal with variance 2 / fan-in at first. */
  Tensor weight(String name, long... shape) {
    return obtain(
        parameters,
        name,
        shape,
        () -> arrange(torch.kaiming_normal_(torch.empty(shape))).requires_grad_());
  }

  /** A scale, shift or bias. */
  Tensor vector(String name, long channels, double first) {
    return obtain(
        parameters, name, new long[] {channels}, () -> filled(channels, first).requires_grad_());
  }

  Tensor running(String name, long channels, double first) {
    return obtain(statistics, name, new long[] {channels}, () -> filled(channels, first));
  }

  private Tensor filled(long channels, double value) {
    return arrange(torch.full(new long[] {channels}, new Scalar(value)));
  }

  private static Tensor obtain(
      Map<String, Tensor> tensors, String name, long[] shape, Supplier<Tensor> first) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      return put(tensors, name, first.get());
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new IllegalArgumentException(
          "%s has shape %s but its PyTorch layer wants %s: give both networks the same layer"
              .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
    return tensor;
  }

  private static Tensor put(Map<String, Tensor> tensors, String name, Tensor tensor) {
    tensor.retainReference();
    Tensor old = tensors.put(name, tensor);
    if (old != null) {
      old.close();
    }
    return tensor;
  }
}
