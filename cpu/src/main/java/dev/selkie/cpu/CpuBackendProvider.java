package dev.selkie.cpu;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.BackendProvider;
import java.util.Optional;

/** Offers the device {@code cpu}. */
public final class CpuBackendProvider implements BackendProvider {
  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public int preference() {
    return 0;
  }

  @Override
  public Optional<String> missing() {
    return JavaCpp.missing();
  }

  @Override
  public Backend open() {
    JavaCpp.missing()
        .ifPresent(
            why -> {
              throw new BackendException("device 'cpu' cannot be used: " + why);
            });
    return new CpuBackend();
  }
}
