package dev.selkie.runtime.trace;

import dev.selkie.runtime.Ceilings;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Adds up what a step has to move and to compute, verb by verb: a network takes its step on {@link
 * #device}, where nothing is done but accounts. The floor is the time that this takes on a device
 * whose every verb runs at the ceiling that binds it; no backend that keeps to the verbs is faster.
 *
 * <p>Every activation counts once for each verb that reads it and once for each that writes it, as
 * if nothing stayed in a cache between verbs; masks count their bits, a max-pool's winners their
 * bytes. Weights, their gradients and the optimiser's state count as they are stored. Statistics
 * and other numbers per sample and channel do not count: they are small, and may stay in a cache.
 */
public final class Ledger {
  private final List<Entry> entries = new ArrayList<>();
  private final Ops ops;

  /**
   * What one call of a verb comes to.
   *
   * @param operations of convolutions and dense layers; a multiply-add counts as two
   */
  public record Entry(String verb, long bytes, long operations) {}

  /** An empty ledger. */
  public Ledger() {
    ops =
        Interceptor.over(
            (verb, arguments) -> {
              Call call = new Call(verb.getName(), arguments);
              entries.add(new Entry(call.verb(), Traffic.bytes(call), Products.operations(call)));
            });
  }

  /** One verb and its arguments. */
  record Call(String verb, Object[] arguments) {
    /** The first argument of that type, or null. */
    <T> T first(Class<T> type) {
      for (Object argument : arguments) {
        if (type.isInstance(argument)) {
          return type.cast(argument);
        }
      }
      return null;
    }
  }

  /** A device whose verbs are entered here, with activations of that precision. */
  public Device device(Precision precision) {
    return IdleBackend.device(ops).in(precision);
  }

  /** In the order the verbs were called; a live view. */
  public List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  public void clear() {
    entries.clear();
  }

  public long bytes() {
    return entries.stream().mapToLong(Entry::bytes).sum();
  }

  public long operations() {
    return entries.stream().mapToLong(Entry::operations).sum();
  }

  /** The floor: the sum over verbs of the longer of moving and computing. */
  public double seconds(Ceilings ceilings) {
    return entries.stream()
        .mapToDouble(entry -> ceilings.seconds(entry.bytes(), entry.operations()))
        .sum();
  }
}
