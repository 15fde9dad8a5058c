package dev.selkie.runtime;

/** Recorded work: one call starts all of it. Closed with its backend at the latest. */
public interface Replay extends AutoCloseable {
  void launch();

  @Override
  void close();
}
