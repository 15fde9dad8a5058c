package dev.selkie.parity;

import dev.selkie.peer.TorchLayers;
import dev.selkie.peer.TorchModel;
import dev.selkie.peer.TorchState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where all sides of a comparison start: drawn parameters, running statistics, images (N, C, H, W)
 * and labels.
 */
record Start(
    Map<String, HostTensor> parameters,
    Map<String, HostTensor> statistics,
    HostTensor images,
    List<Integer> labels) {

  /** Draws a start for a model, whose layers say which names and shapes there are. */
  static Start draw(TorchModel model, int batch, int size, int classes, long seed) {
    Random random = new Random(seed);
    HostTensor images = HostTensor.normal(random, 1, batch, 3, size, size);
    Map<String, HostTensor> parameters = new LinkedHashMap<>();
    Map<String, HostTensor> statistics = new LinkedHashMap<>();
    try (PointerScope scope = new PointerScope();
        TorchState state = new TorchState(ScalarType.Float, MemoryFormat.Contiguous)) {
      model.logits(new TorchLayers(state), images.tensor());
      state.parameters().forEach((k, v) -> parameters.put(k, parameter(random, k, v.shape())));
      state.statistics().forEach((k, v) -> statistics.put(k, statistic(random, k, v.shape())));
    }
    List<Integer> labels = random.ints(batch, 0, classes).boxed().toList();
    return new Start(parameters, statistics, images, labels);
  }

  /**
   * The shifts of norms put most channels clear of zero: where a value lies within rounding of its
   * ReLU's kink, both sides may be right and a whole gradient apart.
   */
  private static HostTensor parameter(Random random, String name, long[] shape) {
    if (name.endsWith(".norm.weight")) {
      return HostTensor.uniform(random, 0.5, 1, shape);
    }
    if (name.endsWith(".norm.bias")) {
      return HostTensor.fill(
          () -> (random.nextBoolean() ? 1 : -1) * (1.5 + random.nextDouble()), shape);
    }
    if (name.endsWith(".fc1.bias")) {
      return HostTensor.uniform(random, 0, 3, shape); // Few hidden units: most must live.
    }
    return HostTensor.normal(random, shape.length > 1 ? 1 / Math.sqrt(fanIn(shape)) : 0.5, shape);
  }

  private static HostTensor statistic(Random random, String name, long[] shape) {
    return name.endsWith(".running_var")
        ? HostTensor.uniform(random, 0.5, 1.5, shape)
        : HostTensor.normal(random, 0.5, shape);
  }

  private static double fanIn(long[] shape) {
    double product = 1;
    for (int i = 1; i < shape.length; i++) {
      product *= shape[i];
    }
    return product;
  }
}
