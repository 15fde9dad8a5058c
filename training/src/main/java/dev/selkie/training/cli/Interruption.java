package dev.selkie.training.cli;

import dev.selkie.training.files.OutputFile;
import java.time.Duration;

/**
 * What is done when a command is told to stop, by Ctrl-C or a SIGTERM: what is being written
 * becomes whole, then a last word. The process ends with 128 plus the signal's number.
 */
final class Interruption implements AutoCloseable {
  /** Longer than any file takes; whoever has less patience kills the process. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Thread hook;

  /** Watches from now on until it is closed. */
  Interruption(Runnable lastWord) {
    hook =
        new Thread(
            () -> {
              OutputFile.pause(LONGEST);
              lastWord.run();
            },
            "selkie-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already; the hook is at work.
      return;
    }
  }
}
