package dev.selkie.cuda;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Precision;

/** A device with one backend that is there already. */
record JournalDevice(Backend backend) implements BackendProvider {
  static Device of(Backend backend) {
    return Device.of(new JournalDevice(backend)).in(backend.precision());
  }

  @Override
  public String device() {
    return "cuda";
  }

  @Override
  public Backend open() {
    return backend;
  }

  @Override
  public Backend open(Precision precision) {
    return backend;
  }
}
