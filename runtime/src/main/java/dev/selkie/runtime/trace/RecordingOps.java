package dev.selkie.runtime.trace;

import dev.selkie.runtime.Ops;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes calls down. {@code network.intercept(recording::over)} records a network at work; {@link
 * #ops} alone answers nothing and needs no device.
 */
public final class RecordingOps {
  private final List<Call> calls = new ArrayList<>();

  /** Records and does nothing else. */
  public Ops ops() {
    return Interceptor.over((verb, arguments) -> calls.add(Call.of(verb.getName(), arguments)));
  }

  /** Records each call that the delegate has completed. */
  public Ops over(Ops delegate) {
    return Interceptor.over(
        (verb, arguments) -> {
          Interceptor.invoke(delegate, verb, arguments);
          calls.add(Call.of(verb.getName(), arguments));
        });
  }

  /** In the order they were made; a live view. */
  public List<Call> calls() {
    return Collections.unmodifiableList(calls);
  }

  /** How often a verb was called. */
  public long count(String verb) {
    return calls.stream().filter(call -> call.verb().equals(verb)).count();
  }

  /** Calls with a tensor of that name among their arguments. */
  public List<Call> callsTouching(String tensor) {
    return calls.stream().filter(call -> call.touches(tensor)).toList();
  }

  public void clear() {
    calls.clear();
  }
}
