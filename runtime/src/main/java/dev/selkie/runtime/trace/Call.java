package dev.selkie.runtime.trace;

import dev.selkie.runtime.Tensor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One verb as it was called.
 *
 * @param arguments as text: tensors, parameters, norms and excitations by name
 * @param tensors names of all tensors among the arguments, those inside their records included
 */
public record Call(String verb, List<String> arguments, List<String> tensors) {
  public Call {
    arguments = List.copyOf(arguments);
    tensors = List.copyOf(tensors);
  }

  static Call of(String verb, Object[] arguments) {
    return new Call(
        verb,
        Stream.of(arguments).map(Operands::text).toList(),
        Operands.tensors(arguments).stream().map(Tensor::name).distinct().toList());
  }

  public boolean touches(String tensor) {
    return tensors.contains(tensor);
  }

  /** Such as {@code reluForward(stem.relu, stem)}. */
  @Override
  public String toString() {
    return arguments.stream().collect(Collectors.joining(", ", verb + "(", ")"));
  }
}
