package dev.selkie.runtime;

import java.util.Optional;
import java.util.OptionalLong;

/** A device at work for one network: its memory and its verbs. Used by one thread at a time. */
public interface Backend extends AutoCloseable {
  /** The device's name, such as {@code cpu}. */
  String device();

  /** The device by the name its maker gave it; the device's name where that is not known. */
  default String hardware() {
    return device();
  }

  /**
   * The verbs. They trust their arguments: what calls them by hand goes through {@link
   * dev.selkie.runtime.check.CheckedOps#over}, as a wrong shape may write beside a tensor.
   */
  Ops ops();

  /** Those of them that are called before each step, with nothing around them that a step pays. */
  default StepOps stepOps() {
    return ops();
  }

  default Precision precision() {
    return Precision.FLOAT32;
  }

  /**
   * What the gradients of a network are multiplied with at present, so that small ones do not
   * vanish in FLOAT16; updates divide by it. A power of two.
   */
  default float lossScale() {
    return 1;
  }

  /**
   * Updates since this backend was opened that changed nothing, parameters and the optimiser's
   * memory alike, because the loss or a gradient of their step was not finite. Where the loss is
   * scaled that is how too large a scale is found, and each of them halves it; a backend that
   * carries out every update counts none. May wait for the work before: not to be asked in a step.
   */
  default long skippedUpdates() {
    return 0;
  }

  /** Zeroed memory, aligned to 64 bytes. */
  Arena allocate(long bytes);

  /** A network's arena; a backend may keep more about its parameters than their values. */
  default Arena allocate(Layout layout, int batch) {
    return allocate(layout.bytes(batch, precision().activations()));
  }

  /** The way by which batches reach a network's input and labels. */
  default Feed feed(Tensor input, Tensor labels) {
    return new DirectFeed(input, labels);
  }

  /**
   * Records the verbs that the work calls, without carrying them out; the same work has run before.
   * Empty where a backend has no faster way than to call them again.
   */
  default Optional<Replay> record(Runnable work) {
    return Optional.empty();
  }

  /**
   * Bytes of device memory that this backend holds, with all that it needs beside its arenas; empty
   * where it does not count them.
   */
  default OptionalLong heldBytes() {
    return OptionalLong.empty();
  }

  /**
   * What the device can do at most, measured now: some seconds of work, and memory for it, on a
   * device that does nothing else. Empty where a backend does not know how.
   */
  default Optional<Ceilings> ceilings() {
    return Optional.empty();
  }

  /** This backend, or the one that it stands before, as that type; empty where neither is. */
  default <T extends Backend> Optional<T> unwrap(Class<T> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }

  /** Frees all arenas; their tensors must not be used afterwards. */
  @Override
  void close();
}
