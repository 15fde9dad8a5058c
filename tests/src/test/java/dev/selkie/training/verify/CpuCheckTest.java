package dev.selkie.training.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.trace.Interceptor;
import dev.selkie.training.verify.CheckResult.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The plain loop in each precision, held against the CPU in float32 as a large network would be.
 */
class CpuCheckTest {
  private static NetworkFactory network(String name) {
    return NetworkFactory.all().stream()
        .filter(factory -> factory.name().endsWith("." + name))
        .findFirst()
        .orElseThrow();
  }

  private static Device plain(Precision precision) {
    return Device.named("reference-float32").in(precision);
  }

  private static List<String> failed(String network, Device device) {
    List<CheckResult> results = new CpuCheck(network(network)).run(device);
    assertTrue(results.size() > 5);
    return results.stream()
        .filter(result -> result.status() == Status.FAILED)
        .map(result -> result.name() + " " + result.error() + " of " + result.allowed())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void thePlainLoopErrsAsItIsModelled(Precision precision) {
    assertEquals(List.of(), failed("Tiny", plain(precision)));
    assertEquals(List.of(), failed("TinySk", plain(precision)));
  }

  /** Rounding to BFLOAT16 throughout moves gradients by a tenth: less, only verbs' cases see. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, convolutionBackwardWeights, 1.001",
    "FLOAT32, batchNormBackward, 1.001",
    "TF32, denseBiasForward, 1.01",
    "BFLOAT16, denseBiasForward, 1.01",
    "BFLOAT16, convolutionBackwardWeights, 1.3",
    "FLOAT16, batchNormBackward, 1.3"
  })
  void aFaultIsSeen(Precision precision, String verb, float factor) {
    Device faulty =
        InterceptedBackend.over(
            plain(precision),
            honest ->
                Interceptor.over(
                    (method, arguments) -> {
                      Interceptor.invoke(honest, method, arguments);
                      if (method.getName().equals(verb)) {
                        scale(arguments[0], factor);
                      }
                    }));
    assertTrue(failed("Tiny", faulty).size() > 0);
  }

  private static void scale(Object written, float factor) {
    Tensor tensor =
        written instanceof Parameter parameter ? parameter.gradient() : (Tensor) written;
    float[] values = Probes.read(tensor);
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    tensor.write(values);
  }

  @Test
  void theCpuIsNotItsOwnMeasure() {
    List<CheckResult> results = new CpuCheck(network("Tiny")).run(Device.cpu());
    assertEquals(Status.SKIPPED, results.get(0).status());
  }
}
