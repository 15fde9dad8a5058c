package dev.selkie.training.bench.python;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selkie.runtime.Shape;
import dev.selkie.training.bench.LossTask;
import dev.selkie.training.bench.PeerException;
import dev.selkie.training.bench.PeerMemory;
import dev.selkie.training.bench.PeerRun;
import dev.selkie.training.bench.PeerTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One network in one variant, in a Python process; {@code pytorch_peer.py} is the other end. */
final class PythonRun implements PeerRun {
  private final PythonProcess process;
  private final String version;
  private final String hardware;
  private PeerMemory memory;

  private PythonRun(PythonProcess process, JsonNode hello) {
    this.process = process;
    this.version = process.text(hello, "version");
    this.hardware = process.text(hello, "device");
  }

  /** Starts the process, which makes the network; refuses one that is not Selkie's. */
  static PythonRun open(
      String command, PeerTask task, String variant, PythonProcess.Limits limits) {
    return open(command, task, task.precision().toString(), variant, limits);
  }

  /** Losses of steps from given weights, in a process for them alone. */
  static List<Double> losses(
      String command,
      PeerTask task,
      String precision,
      LossTask steps,
      PythonProcess.Limits limits) {
    try (PythonRun run = open(command, task, precision, "eager", limits)) {
      Map<String, Object> request = new LinkedHashMap<>();
      request.put("losses", steps.steps());
      request.put("weights", steps.weights().toString());
      request.put("images", steps.images().toString());
      request.put("labels", steps.labels().toString());
      return run.process.numbers(run.process.ask(request), "losses");
    }
  }

  private static PythonRun open(
      String command,
      PeerTask task,
      String precision,
      String variant,
      PythonProcess.Limits limits) {
    PythonProcess process = PythonProcess.start(command, limits);
    try {
      JsonNode hello = process.hello(description(task, precision, variant));
      long parameters = process.number(hello, "parameters").longValue();
      if (parameters != task.parameters()) {
        throw new PeerException(
            "its %s has %,d parameters, Selkie's %,d: they are not the same network, so nothing is compared"
                .formatted(task.network(), parameters, task.parameters()));
      }
      return new PythonRun(process, hello);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static Map<String, Object> description(PeerTask task, String precision, String variant) {
    Shape images = task.images();
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("network", task.network());
    request.put("batch", images.batch());
    request.put("height", images.height());
    request.put("width", images.width());
    request.put("channels", images.channels());
    request.put("classes", task.classes());
    request.put("precision", precision);
    request.put("variant", variant);
    request.put("device", task.device());
    request.put("threads", task.threads());
    return request;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String hardware() {
    return hardware;
  }

  /** By Python's own clock, so that the lines between the processes are not counted. */
  @Override
  public long steps(int count) {
    JsonNode done = process.ask(Map.of("steps", count));
    if (done.has("peakBytes")) {
      memory =
          new PeerMemory(
              process.number(done, "peakBytes").longValue(),
              process.number(done, "reservedBytes").longValue());
    }
    double seconds = process.number(done, "seconds").doubleValue();
    if (!(seconds > 0)) {
      throw new PeerException("it says that %d steps took %s s".formatted(count, seconds));
    }
    return Math.round(seconds * 1e9);
  }

  @Override
  public PeerMemory memory() {
    return memory;
  }

  @Override
  public void rest() {
    process.ask(Map.of("rest", true));
  }

  @Override
  public void close() {
    process.close();
  }
}
