package dev.selkie.cuda;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import java.util.ArrayList;
import java.util.List;

/** A GPU at work for one network, in float32. */
final class CudaBackend implements Backend {
  private final Driver driver;
  private final Convolutions convolutions;
  private final Scratch scratch;
  private final CudaOps ops;
  private final List<CudaArena> arenas = new ArrayList<>();
  private final long state;
  private boolean open = true;

  CudaBackend(Driver driver) {
    this.driver = driver;
    convolutions = new Convolutions(driver);
    scratch = new Scratch(driver);
    state = driver.allocate(StepNatives.STATE_BYTES);
    StepNatives.stepStart(state, 1, driver.stream());
    ops = new CudaOps(driver, convolutions, scratch, state, Precision.FLOAT32);
  }

  @Override
  public String device() {
    return "cuda";
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public Arena allocate(long bytes) {
    if (!open) {
      throw new BackendException("the CUDA backend is closed; open another one");
    }
    try {
      CudaArena arena = new CudaArena(driver.allocate(bytes), bytes, driver);
      arenas.add(arena);
      return arena;
    } catch (OutOfDeviceMemory e) {
      throw new BackendException(
          "%s: %s; use a smaller batch".formatted(driver.gpu(), e.getMessage()));
    }
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    driver.synchronize();
    arenas.forEach(arena -> driver.free(arena.address()));
    arenas.clear();
    scratch.release();
    convolutions.close();
    driver.free(state);
    driver.close();
  }
}
