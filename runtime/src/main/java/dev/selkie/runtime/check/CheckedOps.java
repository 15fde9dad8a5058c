package dev.selkie.runtime.check;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.trace.Interceptor;
import dev.selkie.runtime.trace.NamingOps;
import java.lang.reflect.Method;
import java.util.List;

/**
 * Refuses a call that breaks the contract of {@link Ops} before a backend sees it: operands whose
 * shapes or types do not belong together, an output that lies on an input, a number out of its
 * range. What fails is a {@link BackendException} of one sentence that names the verb, its tensors
 * and the rule.
 *
 * <p>What only the values of a tensor show, such as a label that is no class number, is the
 * backend's to refuse. A network takes all its passes over {@link #rules} when it is made, and an
 * optimiser its update; later steps pay nothing. Verbs called by hand may go through {@link #over}.
 */
public final class CheckedOps {
  private static final Ops RULES = NamingOps.over(complete(new Rules()));

  private CheckedOps() {}

  /** Checks each call, then forwards it to the delegate. */
  public static Ops over(Ops delegate) {
    return Interceptor.over(
        (verb, arguments) -> {
          Interceptor.invoke(RULES, verb, arguments);
          Interceptor.invoke(delegate, verb, arguments);
        });
  }

  /** Checks each call, and does nothing else. Holds no state, so any thread may use it. */
  public static Ops rules() {
    return RULES;
  }

  /** No argument may be missing; what is optional is a component of a record. */
  private static Ops complete(Ops rules) {
    return Interceptor.over(
        (verb, arguments) -> {
          for (int i = 0; i < arguments.length; i++) {
            requirePresent(verb, i, arguments[i]);
          }
          Interceptor.invoke(rules, verb, arguments);
        });
  }

  private static void requirePresent(Method verb, int place, Object argument) {
    boolean missing =
        argument == null
            || argument instanceof List<?> list && list.stream().anyMatch(e -> e == null);
    Require.that(
        !missing,
        "argument %d of %d, a %s, is null or holds a null; give all of them",
        place + 1,
        verb.getParameterCount(),
        verb.getParameterTypes()[place].getSimpleName());
  }
}
