package dev.selkie.runtime.reference;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Precision;
import java.util.EnumSet;
import java.util.Set;

/** Makes the oracle available as device {@code reference}; never chosen unasked. */
public final class ReferenceProvider implements BackendProvider {
  @Override
  public String device() {
    return ReferenceBackend.DEVICE;
  }

  @Override
  public Backend open() {
    return new ReferenceBackend();
  }

  @Override
  public Set<Precision> precisions() {
    return EnumSet.allOf(Precision.class);
  }

  @Override
  public Backend open(Precision precision) {
    return new ReferenceBackend(Arithmetic.DOUBLE, precision);
  }
}
