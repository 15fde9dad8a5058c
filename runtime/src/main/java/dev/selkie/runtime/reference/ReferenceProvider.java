package dev.selkie.runtime.reference;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import java.util.Optional;

/** Makes the oracle available as device {@code reference}; never chosen unasked. */
public final class ReferenceProvider implements BackendProvider {
  @Override
  public String device() {
    return ReferenceBackend.DEVICE;
  }

  @Override
  public int preference() {
    return -1;
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public Backend open() {
    return new ReferenceBackend();
  }
}
