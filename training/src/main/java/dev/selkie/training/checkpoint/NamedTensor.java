package dev.selkie.training.checkpoint;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Statistic;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import java.util.ArrayList;
import java.util.List;

/** A tensor of a network under PyTorch's name and with PyTorch's dimensions. */
record NamedTensor(String name, List<Long> dimensions, Tensor tensor) {

  /** Parameters, then running statistics. */
  static List<NamedTensor> of(TrainableNetwork network) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      tensors.add(
          new NamedTensor(
              parameter.name(),
              parameter.dimensions().stream().map(Integer::longValue).toList(),
              parameter.value()));
    }
    for (Statistic statistic : network.statistics()) {
      tensors.add(vector(statistic.name(), statistic.value()));
    }
    return tensors;
  }

  /** What an optimiser remembers. */
  static List<NamedTensor> of(List<Tensor> memory) {
    return memory.stream().map(tensor -> vector(tensor.name(), tensor)).toList();
  }

  static NamedTensor vector(String name, Tensor tensor) {
    return new NamedTensor(name, List.of(tensor.shape().elements()), tensor);
  }

  /** The values in PyTorch's order. */
  float[] read() {
    float[] values = new float[Math.toIntExact(tensor.shape().elements())];
    tensor.read(values);
    return ChannelOrder.channelsFirst(values, tensor.shape());
  }

  void write(float[] values) {
    tensor.write(ChannelOrder.channelsLast(values, tensor.shape()));
  }
}
