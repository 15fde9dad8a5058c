package dev.selkie.runtime;

/** A device at work for one network: its memory and its verbs. Used by one thread at a time. */
public interface Backend extends AutoCloseable {
  /** The device's name, such as {@code cpu}. */
  String device();

  Ops ops();

  /** Zeroed memory, aligned to 64 bytes. */
  Arena allocate(long bytes);

  /** Frees all arenas; their tensors must not be used afterwards. */
  @Override
  void close();
}
