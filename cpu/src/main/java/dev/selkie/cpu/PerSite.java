package dev.selkie.cpu;

import dev.selkie.runtime.Tensor;
import java.util.IdentityHashMap;
import java.util.function.Function;

/** One worker for each call site, known by a tensor that no other site has. */
final class PerSite<T extends Link> {
  private final IdentityHashMap<Tensor, T> workers = new IdentityHashMap<>();
  private final Lanes lanes;
  private final Function<Lanes, T> maker;

  PerSite(Lanes lanes, Function<Lanes, T> maker) {
    this.lanes = lanes;
    this.maker = maker;
  }

  /** The site's worker, with nothing left to do. */
  T at(Tensor key) {
    T worker = workers.get(key);
    if (worker == null) {
      worker = maker.apply(lanes);
      workers.put(key, worker);
    }
    return lanes.chain().release(worker);
  }
}
