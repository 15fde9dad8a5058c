package dev.selkie.training.checkpoint;

import dev.selkie.runtime.GeneratedNetwork;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.runtime.trace.Interceptor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a network computes, as a short text: the verbs of its training pass with the names and sizes
 * of all operands, geometries, gates and rates. Names and shapes of weights do not tell a tanh gate
 * from a sigmoid one; this does. The batch, the device and the precision are no part of it.
 */
public final class Fingerprint {
  private static final int SHOWN = 16;

  /** Takes the loss's smoothing, which is the recipe's and not the network's. */
  private static final String LOSS = "softmaxCrossEntropy";

  private Fingerprint() {}

  /**
   * The version of the generator, as another one may put the same network into other verbs, and a
   * hash. Nothing is computed; the network must not be at work meanwhile.
   */
  public static String of(TrainableNetwork network) {
    StringBuilder text = new StringBuilder();
    network.describeForward(Interceptor.over((verb, arguments) -> append(text, verb, arguments)));
    return "%s-%s".formatted(GeneratedNetwork.VERSION, hash(text.toString()).substring(0, SHOWN));
  }

  /** SHA-256 in hexadecimal. */
  static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static void append(StringBuilder text, Method verb, Object[] arguments) {
    if (!verb.getName().equals(LOSS)) {
      text.append(verb.getName()).append(describe(Arrays.asList(arguments))).append('\n');
    }
  }

  private static String describe(Object operand) {
    if (operand instanceof Tensor tensor) {
      return "%s %s"
          .formatted(
              tensor.name(),
              List.of(tensor.shape().channels(), tensor.shape().height(), tensor.shape().width()));
    }
    if (operand instanceof Parameter parameter) {
      return "%s %s".formatted(parameter.name(), parameter.dimensions());
    }
    StringJoiner parts = new StringJoiner(", ", "(", ")");
    if (operand instanceof List<?> list) {
      list.forEach(part -> parts.add(describe(part)));
      return parts.toString();
    }
    if (operand instanceof Record bundle) {
      for (RecordComponent component : bundle.getClass().getRecordComponents()) {
        parts.add(component.getName() + " " + describe(value(bundle, component)));
      }
      return parts.toString();
    }
    return String.valueOf(operand);
  }

  private static Object value(Record bundle, RecordComponent component) {
    try {
      return component.getAccessor().invoke(bundle);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + bundle.getClass().getName(), e);
    }
  }
}
