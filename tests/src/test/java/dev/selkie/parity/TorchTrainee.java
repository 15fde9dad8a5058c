package dev.selkie.parity;

import dev.selkie.peer.Torch;
import dev.selkie.peer.TorchModel;
import dev.selkie.peer.TorchNetwork;
import dev.selkie.peer.TorchState;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** PyTorch's side of a comparison. */
final class TorchTrainee {
  static {
    Torch.load();
  }

  private TorchTrainee() {}

  /**
   * What a right network may differ by: float64 on one hand; on the other plain float32 in both
   * memory formats and with the batch in several orders, each of which rounds in its own way.
   */
  static Agreement agreement(TorchModel model, Start start) {
    List<Trace> yardsticks = new ArrayList<>();
    for (MemoryFormat format : List.of(MemoryFormat.ChannelsLast, MemoryFormat.Contiguous)) {
      for (int images = 0; images < 3; images++) {
        yardsticks.add(train(rolled(model, images), start, ScalarType.Float, format));
      }
    }
    return new Agreement(
        train(model, start, ScalarType.Double, MemoryFormat.ChannelsLast), yardsticks);
  }

  /** The same function, computed on the batch in another order. */
  static TorchModel rolled(TorchModel model, long images) {
    return (layers, batch) -> {
      Tensor logits = model.logits(layers, torch.roll(batch, new long[] {images}, 0));
      return torch.roll(logits, new long[] {-images}, 0);
    };
  }

  /** Trains a model for {@link Recipe#STEPS} steps on one batch. */
  static Trace train(TorchModel model, Start start, ScalarType type, MemoryFormat format) {
    torch.set_num_threads(1); // The tensors are small.
    try (PointerScope scope = new PointerScope();
        TorchState state = new TorchState(type, format)) {
      start.parameters().forEach((name, values) -> state.parameter(name, values.tensor()));
      start.statistics().forEach((name, values) -> state.statistic(name, values.tensor()));
      TorchNetwork network =
          new TorchNetwork(model, state, Recipe.RATE, Recipe.MOMENTUM, Recipe.DECAY);
      Tensor images = state.arrange(start.images().tensor());
      Tensor labels =
          Tensor.create(start.labels().stream().mapToLong(Integer::longValue).toArray());
      Trace trace = new Trace();
      Tensor logits = network.forward(images);
      trace.add("logits", "", read(logits));
      trace.add("loss", "", read(TorchNetwork.losses(logits, labels)));
      add(trace, "running statistic", state.statistics());
      network.backward(logits, labels);
      state.parameters().forEach((name, p) -> trace.add("gradient", name, read(p.grad())));
      for (int step = 1; step <= Recipe.STEPS; step++) {
        if (step > 1) {
          network.backward(network.forward(images), labels);
        }
        network.step();
        add(trace, "step " + step, state.parameters());
      }
      return trace;
    }
  }

  private static void add(Trace trace, String kind, Map<String, Tensor> tensors) {
    tensors.forEach((name, tensor) -> trace.add(kind, name, read(tensor)));
  }

  private static double[] read(Tensor tensor) {
    Tensor doubles = tensor.detach().to(ScalarType.Double).contiguous();
    double[] values = new double[Math.toIntExact(doubles.numel())];
    DoubleBuffer buffer = doubles.createBuffer();
    buffer.get(values);
    return values;
  }
}
