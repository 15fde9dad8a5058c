package dev.selkie.training.verify;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.reference.Arithmetic;
import dev.selkie.runtime.reference.ReferenceBackend;
import java.util.Optional;

/**
 * The reference's loops rounded to float32 after each operation: the yardstick for errors. Never
 * chosen unasked.
 */
public final class Float32Provider implements BackendProvider {
  static final String DEVICE = "reference-float32";

  @Override
  public String device() {
    return DEVICE;
  }

  @Override
  public int preference() {
    return -2;
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public Backend open() {
    return new ReferenceBackend(Arithmetic.FLOAT);
  }
}
