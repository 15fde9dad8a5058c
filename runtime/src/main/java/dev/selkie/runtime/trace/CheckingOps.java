package dev.selkie.runtime.trace;

import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Tensor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the first verb that leaves a NaN or an infinity: {@code
 * network.intercept(CheckingOps::over)} and one forward pass. It copies every operand to the host,
 * so it is for diagnosis only.
 *
 * <p>A value that was not finite before the call is either an input's, or left over in an output
 * from an earlier step. It is marked with a NaN of its own: where the mark is gone afterwards, the
 * verb has written the value.
 */
public final class CheckingOps {
  /** A quiet NaN; the part of its payload that 16 bits have room for is a tensor's number. */
  private static final int NAN = 0x7FC0_0000;

  private static final int LAST_NUMBER = 62;

  private CheckingOps() {}

  /** Forwards to the delegate. Its verbs throw {@link NonFiniteException}. */
  public static Ops over(Ops delegate) {
    return Interceptor.over((verb, arguments) -> check(delegate, verb, arguments));
  }

  private static void check(Ops delegate, Method verb, Object[] arguments) {
    List<Tensor> tensors =
        Operands.tensors(arguments).stream()
            .filter(tensor -> tensor.element().isActivation())
            .distinct()
            .toList();
    List<String> badBefore = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      if (mark(tensors.get(i), numbered(i))) {
        badBefore.add(tensors.get(i).name());
      }
    }
    Interceptor.invoke(delegate, verb, arguments);
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      Optional<String> written = firstWritten(tensor, numbered(i));
      if (written.isPresent()) {
        badBefore.remove(tensor.name());
        throw failure(verb.getName(), tensor.name(), written.get(), badBefore);
      }
    }
  }

  private static int numbered(int tensor) {
    return NAN | (1 + tensor % LAST_NUMBER) << 16;
  }

  /** Whether there was anything to mark. */
  private static boolean mark(Tensor tensor, int bits) {
    float[] values = read(tensor);
    boolean found = false;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        values[i] = Float.intBitsToFloat(bits);
        found = true;
      }
    }
    if (found) {
      tensor.write(values);
    }
    return found;
  }

  /** The first value that is not finite and not our mark, and where it is. */
  private static Optional<String> firstWritten(Tensor tensor, int bits) {
    float[] values = read(tensor);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i]) && Float.floatToRawIntBits(values[i]) != bits) {
        int sample = i / tensor.shape().perSample();
        int channel = i % tensor.shape().channels();
        return Optional.of("%s at sample %d, channel %d".formatted(values[i], sample, channel));
      }
    }
    return Optional.empty();
  }

  private static NonFiniteException failure(
      String verb, String tensor, String value, List<String> badBefore) {
    String cause =
        badBefore.isEmpty()
            ? "all it read was finite, so lower the learning rate or the scale of the data"
            : "it read what was not finite already: %s; mend that first"
                .formatted(String.join(", ", badBefore));
    return new NonFiniteException(
        verb, tensor, "%s wrote %s of %s; %s".formatted(verb, value, tensor, cause));
  }

  private static float[] read(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().elements())];
    tensor.read(values);
    return values;
  }
}
