package dev.selkie.cuda;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Ceilings;
import dev.selkie.runtime.Feed;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.OutOfDeviceMemoryException;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Replay;
import dev.selkie.runtime.StepOps;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.trace.NamingOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A GPU at work for one network. */
final class CudaBackend implements Backend {
  /** Where float16's loss scale begins, as in PyTorch's GradScaler. */
  private static final float LOSS_SCALE = 1 << 16;

  private final Driver driver;
  private final Precision precision;
  private final Convolutions convolutions;
  private final Scratch scratch;
  private final Copies copies;
  private final Transfers transfers;
  private final CudaOps verbs;
  private final Ops ops;
  private final boolean check;
  private final List<CudaArena> arenas = new ArrayList<>();
  private final List<UploadFeed> feeds = new ArrayList<>();
  private final List<Recording> recordings = new ArrayList<>();
  private final long state;
  private boolean open = true;

  CudaBackend(Driver driver, Precision precision) {
    this(driver, precision, false);
  }

  /**
   * @param check whether to wait after each verb, so that what fails on the device is named;
   *     nothing can be waited for in a graph, so none is recorded
   */
  CudaBackend(Driver driver, Precision precision, boolean check) {
    this.driver = driver;
    this.precision = precision;
    this.check = check;
    convolutions = new Convolutions(driver, precision);
    scratch = new Scratch(driver);
    copies = new Copies(driver, precision);
    transfers = new Transfers(driver, copies, scratch, KernelType.of(precision.activations()));
    state = driver.allocate(StepNatives.STATE_BYTES);
    float scale = precision == Precision.FLOAT16 ? LOSS_SCALE : 1;
    StepNatives.stepStart(state, scale, driver.stream());
    verbs = new CudaOps(driver, convolutions, scratch, copies, state, precision);
    ops = check ? NamingOps.over(verbs, driver::synchronize) : NamingOps.over(verbs);
  }

  @Override
  public String device() {
    return "cuda";
  }

  @Override
  public String hardware() {
    return driver.gpu();
  }

  /** A verb that fails says so with its tensors and their shapes. */
  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public StepOps stepOps() {
    return verbs;
  }

  /** The verbs as they are. */
  CudaOps verbs() {
    return verbs;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  /** Waits for the work before. */
  @Override
  public float lossScale() {
    if (precision != Precision.FLOAT16) {
      return 1;
    }
    return state(StepNatives.STATE_LOSS_SCALE);
  }

  /** Counted in any precision: a loss that is not finite leaves out its update in all of them. */
  @Override
  public long skippedUpdates() {
    return Float.floatToRawIntBits(state(StepNatives.STATE_SKIPPED));
  }

  /** Four bytes of the step's state, when the work before is done. */
  private float state(int place) {
    float[] value = new float[1];
    driver.read(state + place, value, 0, 1);
    return value[0];
  }

  @Override
  public Arena allocate(long bytes) {
    requireOpen();
    CudaArena arena = new CudaArena(driver.allocate(bytes), bytes, transfers);
    arenas.add(arena);
    return arena;
  }

  @Override
  public Arena allocate(Layout layout, int batch) {
    long bytes = layout.bytes(batch, precision.activations());
    Driver.Room room = driver.room();
    long usable = room.free() - copies.bytes(layout);
    if (bytes > usable) {
      throw new OutOfDeviceMemoryException(
          driver.gpu(), bytes + copies.bytes(layout), room.free(), room.total(), usable);
    }
    CudaArena arena = (CudaArena) allocate(bytes);
    copies.cover(arena.address(), layout);
    return arena;
  }

  @Override
  public Feed feed(Tensor input, Tensor labels) {
    requireOpen();
    UploadFeed feed =
        new UploadFeed(driver, DeviceTensor.device(input), DeviceTensor.device(labels));
    feeds.add(feed);
    return feed;
  }

  @Override
  public Optional<Replay> record(Runnable work) {
    requireOpen();
    if (check) {
      return Optional.empty();
    }
    scratch.recording(true);
    verbs.recording(true);
    try {
      Recording recording = new Recording(driver.capture(work));
      recordings.add(recording);
      return Optional.of(recording);
    } finally {
      verbs.recording(false);
      scratch.recording(false);
    }
  }

  /** A graph that is closed once, with its backend at the latest. */
  private final class Recording implements Replay {
    private final Driver.Graph graph;

    Recording(Driver.Graph graph) {
      this.graph = graph;
    }

    @Override
    public void launch() {
      graph.launch();
    }

    @Override
    public void close() {
      if (recordings.remove(this)) {
        graph.close();
      }
    }
  }

  @Override
  public OptionalLong heldBytes() {
    return OptionalLong.of(driver.heldBytes());
  }

  @Override
  public Optional<Ceilings> ceilings() {
    requireOpen();
    return Optional.of(CeilingsProbe.large(driver, precision).measure());
  }

  private void requireOpen() {
    if (!open) {
      throw new BackendException("the CUDA backend is closed; open another one");
    }
  }

  /** A device that is lost cannot free anything, which must not hide what went wrong before. */
  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    try (driver) {
      driver.synchronize();
      List.copyOf(recordings).forEach(Recording::close);
      feeds.forEach(UploadFeed::close);
      arenas.forEach(arena -> driver.free(arena.address()));
      copies.release();
      scratch.release();
      convolutions.close();
      driver.free(state);
    } catch (DeviceLostException e) {
      arenas.clear();
    }
  }
}
