package dev.selkie.cpu;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Ops;
import java.util.ArrayList;
import java.util.List;

/** oneDNN and a few threads at work for one network, in float32. */
final class CpuBackend implements Backend {
  private final List<NativeMemory> memories = new ArrayList<>();
  private final Lanes lanes;
  private final OneDnn oneDnn;
  private final CpuOps ops;
  private boolean open = true;

  /** As many lanes as there are processors, where oneDNN can be kept to one thread in each. */
  CpuBackend() {
    this(OpenMp.isControlled() ? Runtime.getRuntime().availableProcessors() : 1);
  }

  CpuBackend(int laneCount) {
    lanes = new Lanes(laneCount);
    OneDnn made = null;
    try {
      made = new OneDnn(lanes, this::reserve);
      ops = new CpuOps(lanes, made);
      oneDnn = made;
    } catch (RuntimeException | Error e) {
      free(made);
      throw e;
    }
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public Arena allocate(long bytes) {
    return new CpuArena(reserve(bytes));
  }

  /** Ends the threads and frees the memory, oneDNN's too; a second time does nothing. */
  @Override
  public void close() {
    open = false;
    free(oneDnn);
  }

  private void free(OneDnn made) {
    lanes.close();
    if (made != null) {
      made.close();
    }
    memories.forEach(NativeMemory::close);
    memories.clear();
  }

  Lanes lanes() {
    return lanes;
  }

  private NativeMemory reserve(long bytes) {
    if (!open) {
      throw new BackendException("the CPU backend is closed; open another one");
    }
    NativeMemory memory = NativeMemory.allocate(bytes);
    memory.settleBy(lanes.chain()::settle);
    memories.add(memory);
    return memory;
  }
}
