package dev.selkie.training.bench.python;

import dev.selkie.training.bench.BenchmarkPeer;
import dev.selkie.training.bench.PeerTask;
import dev.selkie.training.bench.PeerVariant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PyTorch on a GPU, as its users run it: {@code python3}, or what {@code SELKIE_PYTHON} names, with
 * channels_last and automatic mixed precision; eager, and compiled with {@code max-autotune}.
 */
public final class PythonPeer implements BenchmarkPeer {
  /** Importing PyTorch and making a network takes seconds, from a cold disk a minute. */
  private static final Duration START = Duration.ofMinutes(5);

  /** The first steps choose algorithms; compiled, they time each kernel of a large network. */
  private static final Duration STEPS = Duration.ofMinutes(40);

  private final String command;
  private final String device;
  private final PythonProcess.Limits limits;

  /** For the service loader. */
  public PythonPeer() {
    this(
        Optional.ofNullable(System.getenv("SELKIE_PYTHON")).orElse("python3"),
        "cuda",
        new PythonProcess.Limits(START, STEPS));
  }

  /**
   * @param command the Python to run
   * @param device of both Selkie and PyTorch
   */
  PythonPeer(String command, String device, PythonProcess.Limits limits) {
    this.command = command;
    this.device = device;
    this.limits = limits;
  }

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public boolean serves(String name) {
    return name.equals(device);
  }

  @Override
  public List<PeerVariant> variants(PeerTask task) {
    return Stream.of("eager", "compile")
        .map(
            variant ->
                new PeerVariant(variant, () -> PythonRun.open(command, task, variant, limits)))
        .toList();
  }
}
