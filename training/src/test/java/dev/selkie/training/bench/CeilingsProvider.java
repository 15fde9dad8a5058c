package dev.selkie.training.bench;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Ceilings;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.reference.ReferenceBackend;
import java.util.Optional;

/** The reference as a device that knows what it can do at most: 1 GB and 2 GFLOP per second. */
public final class CeilingsProvider implements BackendProvider {
  @Override
  public String device() {
    return "ceilings";
  }

  @Override
  public Backend open() {
    return new CeilingsBackend(new ReferenceBackend());
  }

  private record CeilingsBackend(Backend reference) implements Backend {
    @Override
    public String device() {
      return "ceilings";
    }

    @Override
    public Ops ops() {
      return reference.ops();
    }

    @Override
    public Arena allocate(long bytes) {
      return reference.allocate(bytes);
    }

    @Override
    public Optional<Ceilings> ceilings() {
      return Optional.of(new Ceilings(1e9, 2e9));
    }

    @Override
    public void close() {
      reference.close();
    }
  }
}
