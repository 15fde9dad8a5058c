package dev.selkie.cpu;

/** A verb that works on each sample alone, and so can be part of a {@link Chain}. */
interface Link extends Lanes.Work {
  /** Samples it is to be given at a time, a power of two; 0 where any number will do. */
  default int chunk() {
    return 0;
  }

  /** What each lane does before its first samples. */
  default void begin(Lane lane) {}

  /** The activations it touches, those it writes first; null where there is none. */
  CpuTensor[] touched();

  /** How many of {@link #touched} it writes. */
  default int written() {
    return 0;
  }

  /** What is left to do when all samples are done, on the caller's thread. */
  default void finish() {}
}
