package dev.selkie.training.verify;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Replay;
import dev.selkie.runtime.reference.Arithmetic;
import dev.selkie.runtime.reference.ReferenceBackend;
import dev.selkie.runtime.trace.Interceptor;
import java.util.Optional;

/** A device that records work by keeping it, and may forget a verb when it launches it. */
final class RecordingBackend implements Backend {
  private final Backend backend = new ReferenceBackend(Arithmetic.FLOAT);
  private final String forgotten;
  private final Ops ops;
  private boolean launching;

  private RecordingBackend(String forgotten) {
    this.forgotten = forgotten;
    this.ops =
        Interceptor.over(
            (verb, arguments) -> {
              if (!launching || !verb.getName().equals(this.forgotten)) {
                Interceptor.invoke(backend.ops(), verb, arguments);
              }
            });
  }

  /**
   * @param forgotten the verb that is not recorded
   */
  static Device device(String forgotten) {
    return Device.of(
        new BackendProvider() {
          @Override
          public String device() {
            return "recording";
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
            return new RecordingBackend(forgotten);
          }
        });
  }

  @Override
  public Optional<Replay> record(Runnable work) {
    return Optional.of(
        new Replay() {
          @Override
          public void launch() {
            launching = true;
            work.run();
            launching = false;
          }

          @Override
          public void close() {}
        });
  }

  @Override
  public String device() {
    return "recording";
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public Arena allocate(long bytes) {
    return backend.allocate(bytes);
  }

  @Override
  public void close() {
    backend.close();
  }
}
