package dev.selkie.cpu;

import dev.selkie.runtime.Tensor;
import java.util.IdentityHashMap;
import java.util.function.Supplier;

/**
 * Bound primitives by the place they are called from, found again without allocation.
 *
 * <p>A call site is known by one tensor that no other site of the verb has; should its other
 * arguments change, it is bound anew.
 */
final class Sites {
  private final IdentityHashMap<Tensor, Site> sites = new IdentityHashMap<>();
  private final OneDnn oneDnn;

  Sites(OneDnn oneDnn) {
    this.oneDnn = oneDnn;
  }

  /** What a verb needs at one call site. */
  abstract static class Site implements Lanes.Work {
    private final Object[] arguments;

    Site(Object... arguments) {
      this.arguments = arguments;
    }

    /** Whether it was bound to these. */
    boolean serves(Object first, Object second, Object third, Object fourth) {
      return same(0, first) && same(1, second) && same(2, third) && same(3, fourth);
    }

    private boolean same(int i, Object argument) {
      Object bound = i < arguments.length ? arguments[i] : null;
      return bound == argument || (argument instanceof Record && argument.equals(bound));
    }
  }

  /** The site of {@code key}, if it serves these arguments. */
  Site find(Tensor key, Object first, Object second, Object third, Object fourth) {
    Site site = sites.get(key);
    return site != null && site.serves(first, second, third, fourth) ? site : null;
  }

  /** Keeps a new site. */
  Site bind(String what, Tensor key, Supplier<? extends Site> maker) {
    Site site = oneDnn.create(what, maker::get);
    sites.put(key, site);
    return site;
  }
}
