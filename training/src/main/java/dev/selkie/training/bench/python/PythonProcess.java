package dev.selkie.training.bench.python;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selkie.training.bench.PeerException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A Python process that answers each line of JSON with one. Whatever it does instead (say nothing,
 * end, say something else) becomes one {@link PeerException}, and then the process is ended.
 */
final class PythonProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration FAREWELL = Duration.ofSeconds(5);
  private static final String END = "";
  private static final int SHOWN = 200;

  private final Process process;
  private final Scripts scripts;
  private final Limits limits;
  private final BufferedWriter requests;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  /**
   * How long to wait for an answer.
   *
   * @param start until the network is made
   * @param steps of one request
   */
  record Limits(Duration start, Duration steps) {}

  private PythonProcess(Process process, Scripts scripts, Limits limits) {
    this.process = process;
    this.scripts = scripts;
    this.limits = limits;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "answers of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  static PythonProcess start(String command, Limits limits) {
    Scripts scripts = Scripts.unpack();
    try {
      ProcessBuilder builder = new ProcessBuilder(command, scripts.main().toString());
      builder.redirectError(scripts.errors().toFile());
      return new PythonProcess(builder.start(), scripts, limits);
    } catch (IOException e) {
      scripts.remove();
      throw new PeerException(
          "cannot run '%s' (%s); install Python with PyTorch, or name one in SELKIE_PYTHON"
              .formatted(command, e.getMessage()),
          e);
    }
  }

  /** The first request, which says what to make. */
  JsonNode hello(Map<String, Object> request) {
    return ask(request, limits.start());
  }

  JsonNode ask(Map<String, Object> request) {
    return ask(request, limits.steps());
  }

  private JsonNode ask(Map<String, Object> request, Duration limit) {
    try {
      requests.write(JSON.writeValueAsString(request));
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      // It has ended; what it said before that is worth more than a broken pipe.
    }
    JsonNode answer = parse(answer(limit));
    if (answer.has("error")) {
      throw new PeerException(answer.get("error").asText());
    }
    return answer;
  }

  private String answer(Duration limit) {
    try {
      String line = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        process.destroyForcibly();
        throw new PeerException(
            "no answer within %d s, so its process was ended%s"
                .formatted(limit.toSeconds(), lastWords()));
      }
      if (line.equals(END)) {
        int code = process.waitFor();
        throw new PeerException(
            "its process ended with exit code %d%s".formatted(code, lastWords()));
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerException("interrupted while it was waited for", e);
    }
  }

  private JsonNode parse(String line) {
    try {
      JsonNode answer = JSON.readTree(line);
      if (answer.isObject()) {
        return answer;
      }
    } catch (JsonProcessingException e) {
      // Said below.
    }
    throw garbled(line);
  }

  /** A number in an answer. */
  JsonNode number(JsonNode answer, String key) {
    if (!answer.path(key).isNumber()) {
      throw garbled(answer.toString());
    }
    return answer.get(key);
  }

  /** Several of them. */
  List<Double> numbers(JsonNode answer, String key) {
    List<Double> all = new ArrayList<>();
    for (JsonNode one : answer.path(key)) {
      if (!one.isNumber()) {
        throw garbled(answer.toString());
      }
      all.add(one.doubleValue());
    }
    return all;
  }

  String text(JsonNode answer, String key) {
    if (!answer.path(key).isTextual()) {
      throw garbled(answer.toString());
    }
    return answer.get(key).asText();
  }

  private static PeerException garbled(String line) {
    return new PeerException(
        "its answer is none of the benchmark's: '%s'"
            .formatted(line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line));
  }

  private String lastWords() {
    String words = scripts.lastError();
    return words.isEmpty() ? "" : ": " + words;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          answers.add(line);
        }
      }
    } catch (IOException e) {
      // As if it had ended.
    }
    answers.add(END);
  }

  /** The end of its input ends the process; one that does not listen is ended. */
  @Override
  public void close() {
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended already.
    }
    try {
      if (!process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    scripts.remove();
  }
}
