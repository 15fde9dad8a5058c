package dev.selkie.training.verify;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.reference.Arithmetic;
import dev.selkie.runtime.reference.ReferenceBackend;
import java.util.EnumSet;
import java.util.Set;

/**
 * The reference's loops rounded to float32 after each operation, which store and multiply in the
 * precision: the yardstick for errors. Never chosen unasked.
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
  public Set<Precision> precisions() {
    return EnumSet.allOf(Precision.class);
  }

  @Override
  public Backend open() {
    return open(Precision.FLOAT32);
  }

  @Override
  public Backend open(Precision precision) {
    return new ReferenceBackend(Arithmetic.FLOAT, precision);
  }
}
