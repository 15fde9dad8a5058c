package dev.selkie.parity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.peer.Torch;
import dev.selkie.peer.TorchModel;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule lets float32 rounding pass, and no mistake. */
class AgreementTest {
  static {
    Torch.load();
  }

  private static final TorchModel MODEL = Twins::smallSeResNeXt;
  private static final Start START = Start.draw(MODEL, 4, 16, 10, 1);
  private static final Agreement AGREEMENT = TorchTrainee.agreement(MODEL, START);

  @ParameterizedTest
  @MethodSource("twins")
  void anotherOrderOfSummationAgrees(TorchModel model) {
    Start start = Start.draw(model, 4, 16, 10, 2);
    TorchTrainee.agreement(model, start)
        .require(float32(TorchTrainee.rolled(model, 3), start, MemoryFormat.Contiguous));
  }

  static Stream<TorchModel> twins() {
    return Stream.of(Twins::smallSeResNeXt, Twins::smallSeInception, Twins::smallSeVgg);
  }

  @Test
  void aSlightlyWrongGradientDisagrees() {
    Set<String> disagreeing = disagreeing(withGradientsTimes(1 + 0x1p-14));
    assertTrue(disagreeing.contains("gradient"));
    assertFalse(disagreeing.contains("logits"));
  }

  @Test
  void aWrongStepDisagrees() {
    Set<String> disagreeing = disagreeing(withGradientsTimes(1 + 0x1p-5));
    assertTrue(disagreeing.containsAll(Set.of("step 1", "step 2", "step 10")));
    assertFalse(disagreeing.contains("loss"));
  }

  @Test
  void aWrongBatchDisagreesInAllKinds() {
    TorchModel wrong = (layers, images) -> MODEL.logits(layers, torch.flip(images, 3));
    Set<String> all = Set.of("logits", "loss", "running statistic", "gradient", "step 10");
    assertTrue(disagreeing(wrong).containsAll(all));
  }

  /** Logits as they are, but not their gradients. */
  private static TorchModel withGradientsTimes(double factor) {
    return (layers, images) -> {
      Tensor logits = MODEL.logits(layers, images);
      Tensor scaled = logits.mul(new Scalar(factor));
      return scaled.add(logits.detach()).sub(scaled.detach());
    };
  }

  private static Set<String> disagreeing(TorchModel model) {
    List<Agreement.Finding> findings =
        AGREEMENT.judge(float32(model, START, MemoryFormat.Contiguous));
    return findings.stream()
        .filter(f -> !f.agrees())
        .map(f -> f.quantity().kind())
        .collect(Collectors.toSet());
  }

  private static Trace float32(TorchModel model, Start start, MemoryFormat format) {
    return TorchTrainee.train(model, start, ScalarType.Float, format);
  }
}
