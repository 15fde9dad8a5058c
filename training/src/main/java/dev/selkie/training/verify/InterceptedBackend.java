package dev.selkie.training.verify;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import java.util.function.UnaryOperator;

/** A backend between which and its callers, the optimiser's among them, something stands. */
final class InterceptedBackend implements Backend {
  private final Backend backend;
  private final Ops ops;

  private InterceptedBackend(Backend backend, UnaryOperator<Ops> interceptor) {
    this.backend = backend;
    this.ops = interceptor.apply(backend.ops());
  }

  /** The same device with that before each of its backends. */
  static Device over(Device device, UnaryOperator<Ops> interceptor) {
    return Device.of(new Provider(device, interceptor)).in(device.precision());
  }

  private record Provider(Device inner, UnaryOperator<Ops> interceptor) implements BackendProvider {
    @Override
    public String device() {
      return inner.name();
    }

    @Override
    public Backend open() {
      return open(Precision.FLOAT32);
    }

    @Override
    public Backend open(Precision precision) {
      return new InterceptedBackend(inner.in(precision).open(), interceptor);
    }
  }

  @Override
  public String device() {
    return backend.device();
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public Precision precision() {
    return backend.precision();
  }

  @Override
  public float lossScale() {
    return backend.lossScale();
  }

  @Override
  public long skippedUpdates() {
    return backend.skippedUpdates();
  }

  @Override
  public Arena allocate(long bytes) {
    return backend.allocate(bytes);
  }

  @Override
  public Arena allocate(Layout layout, int batch) {
    return backend.allocate(layout, batch);
  }

  @Override
  public void close() {
    backend.close();
  }
}
