package dev.selkie.training.bench.python;

import dev.selkie.training.bench.BenchmarkPeer;
import dev.selkie.training.bench.LossTask;
import dev.selkie.training.bench.PeerException;
import dev.selkie.training.bench.PeerTask;
import dev.selkie.training.bench.PeerVariant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * PyTorch as its users run it: {@code python3}, or what {@code SELKIE_PYTHON} names, with
 * channels_last and automatic mixed precision; eager, and compiled with {@code max-autotune}. On a
 * GPU always, on the CPU, where there is libtorch to compare with, only if a Python is named.
 */
public final class PythonPeer implements BenchmarkPeer {
  /** Importing PyTorch and making a network takes seconds, from a cold disk a minute. */
  private static final Duration START = Duration.ofMinutes(5);

  /** The first steps choose algorithms; compiled, they time each kernel of a large network. */
  private static final long STEPS_MINUTES = 40;

  private static final String MINUTES = "SELKIE_PYTHON_MINUTES";

  private final String command;
  private final Set<String> devices;
  private final Supplier<PythonProcess.Limits> limits;

  /** For the service loader. */
  public PythonPeer() {
    this(Optional.ofNullable(System.getenv("SELKIE_PYTHON")));
  }

  /**
   * @param named the Python that the user wants
   */
  PythonPeer(Optional<String> named) {
    this(
        named.orElse("python3"),
        named.isPresent() ? Set.of("cuda", "cpu") : Set.of("cuda"),
        () -> new PythonProcess.Limits(START, steps(System.getenv(MINUTES))));
  }

  /** How long its first steps may take, for whom 40 minutes are too long to wait. */
  static Duration steps(String minutes) {
    if (minutes == null || minutes.isEmpty()) {
      return Duration.ofMinutes(STEPS_MINUTES);
    }
    if (!minutes.matches("[1-9]\\d{0,3}")) {
      throw new PeerException(
          "%s is '%s'; give whole minutes, such as 5".formatted(MINUTES, minutes));
    }
    return Duration.ofMinutes(Long.parseLong(minutes));
  }

  /**
   * @param command the Python to run
   * @param devices of both Selkie and PyTorch
   * @param limits asked for when a variant begins
   */
  PythonPeer(String command, Set<String> devices, Supplier<PythonProcess.Limits> limits) {
    this.command = command;
    this.devices = devices;
    this.limits = limits;
  }

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public boolean serves(String name) {
    return devices.contains(name);
  }

  @Override
  public boolean takesWeights() {
    return true;
  }

  @Override
  public List<Double> losses(PeerTask task, LossTask steps) {
    return PythonRun.losses(command, task, task.precision().toString(), steps, limits.get());
  }

  /** Float32 is far nearer than 16 bits, and float64 than float32. */
  @Override
  public List<Double> exactLosses(PeerTask task, LossTask steps) {
    String precision = task.precision().activations().bits() == 16 ? "float32" : "float64";
    return PythonRun.losses(command, task, precision, steps, limits.get());
  }

  @Override
  public List<PeerVariant> variants(PeerTask task) {
    return Stream.of("eager", "compile")
        .map(
            variant ->
                new PeerVariant(
                    variant, () -> PythonRun.open(command, task, variant, limits.get())))
        .toList();
  }
}
