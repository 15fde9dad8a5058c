package dev.selkie.runtime.conformance;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import java.util.Optional;

/**
 * A backend on which the regions of a network's arena lie apart, each before a guard: what is
 * written beside its region shows, and regions that share bytes are refused. It keeps nothing else
 * about parameters than their values, so a device in 16 bits cannot stand behind it.
 */
public final class GuardedBackend implements Backend {
  private final Backend backend;
  private GuardedArena network;

  private GuardedBackend(Backend backend) {
    this.backend = backend;
  }

  /** The device, with guards in the arenas of its networks. */
  public static Device over(Device device) {
    return Device.of(
            new BackendProvider() {
              @Override
              public String device() {
                return device.name();
              }

              @Override
              public Backend open() {
                return new GuardedBackend(device.open());
              }
            })
        .in(device.precision());
  }

  /** The first region beside which something was written, where there is one. */
  public Optional<String> disturbance() {
    return network == null ? Optional.empty() : network.disturbance();
  }

  @Override
  public Arena allocate(Layout layout, int batch) {
    network = new GuardedArena(backend, layout, batch);
    return network;
  }

  @Override
  public Arena allocate(long bytes) {
    return backend.allocate(bytes);
  }

  @Override
  public String device() {
    return backend.device();
  }

  @Override
  public Ops ops() {
    return backend.ops();
  }

  @Override
  public Precision precision() {
    return backend.precision();
  }

  @Override
  public void close() {
    backend.close();
  }
}
