package dev.selkie.runtime.trace;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.SelkieException;
import dev.selkie.runtime.Tensor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A verb that fails says which it is, and the layer and the shapes it was called for. What was
 * thrown on purpose stays a {@link SelkieException}; anything else is a bug, and stays one: an
 * {@link IllegalStateException} whose cause it is.
 */
public final class NamingOps {
  private static final int TENSORS = 4;

  private NamingOps() {}

  /** Forwards to the delegate. */
  public static Ops over(Ops delegate) {
    return over(delegate, () -> {});
  }

  /**
   * @param after each verb, such as to wait until a device has carried it out; what it throws is
   *     the verb's failure
   */
  public static Ops over(Ops delegate, Runnable after) {
    return Interceptor.over(
        (verb, arguments) -> {
          try {
            Interceptor.invoke(delegate, verb, arguments);
            after.run();
          } catch (SelkieException e) {
            throw new BackendException(describe(verb, arguments) + ": " + e.getMessage(), e);
          } catch (RuntimeException e) {
            throw new IllegalStateException(describe(verb, arguments) + ": " + e, e);
          }
        });
  }

  /** Such as {@code convolutionForward of stem.conv (8x64x112x112), image (8x3x224x224)}. */
  private static String describe(Method verb, Object[] arguments) {
    List<Tensor> tensors = Operands.tensors(arguments);
    String shown =
        tensors.stream()
            .limit(TENSORS)
            .map(tensor -> "%s (%s)".formatted(tensor.name(), tensor.shape()))
            .collect(Collectors.joining(", "));
    String more =
        tensors.size() > TENSORS ? " and %d more".formatted(tensors.size() - TENSORS) : "";
    return tensors.isEmpty() ? verb.getName() : verb.getName() + " of " + shown + more;
  }
}
