package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Natives of layers and of the step that are called wrongly name their argument. */
class LayerArgumentsTest {
  private static final long X = 1 << 12;

  @BeforeAll
  static void load() {
    HostTwin.absence().ifPresent(why -> Assumptions.abort("cuda kernels on the host: " + why));
  }

  @Test
  void addressesAreChecked() {
    refused("reluForward: output is null", () -> LayerNatives.reluForward(0, 0, X, 8, 0));
    refused("addForward: second input is null", () -> LayerNatives.addForward(0, X, X, 0, 8, 0));
    refused(
        "dropoutForward: state is null",
        () -> LayerNatives.dropoutForward(0, X, X, X, 0, 0.5f, 1, 8, 0));
    refused(
        "scaleForward: x lies at 4098, which is no multiple of 16",
        () -> LayerNatives.scaleForward(0, X, X + 2, X, 1, 1, 8, 0));
    refused(
        "foldBatchNorm: folded is null and so is copy",
        () -> StepNatives.foldBatchNorm(0, 0, 0, X, X, 0, X, X, X, X, 1, 1, 0));
  }

  @Test
  void numbersOfValuesAreChecked() {
    refused("copy: count is 0 but must be at least 1", () -> LayerNatives.copy(0, X, X, 0, 0));
    refused(
        "zero: bytes is 2199023255552 but at most 2^40", () -> LayerNatives.zero(X, 1L << 41, 0));
    refused(
        "globalAveragePoolForward: n * p is more than the 2147483647 positions of a grid",
        () -> LayerNatives.globalAveragePoolForward(0, X, X, 1 << 20, 1 << 20, 8, 0));
    refused(
        "biasBackward: m is 4294967296 and c is 8 but at most 2147483647 positions of 65535 channels"
            + " are launched",
        () -> StepNatives.biasBackward(0, X, X, X, 1L << 32, 8, 0));
    refused(
        "shakeShakeForward: n * perSample is 1000000 * 1000000, too many for one launch",
        () -> LayerNatives.shakeShakeForward(0, X, X, X, X, 1, 1_000_000, 1_000_000, 0));
  }

  @Test
  void channelsLieWithinTheWhole() {
    refused(
        "concatForward: channels 6 to 9 do not lie within the 8 of the whole",
        () -> LayerNatives.concatForward(0, X, X, 6, 10, 3, 8, 0));
    refused(
        "channelSplitBackward: channels -1 to 2 do not lie within the 8 of the whole",
        () -> LayerNatives.channelSplitBackward(0, X, X, -1, false, 10, 3, 8, 0));
    refused(
        "channelShuffle: groups is 3, which does not divide the 8 channels",
        () -> LayerNatives.channelShuffle(0, X, X, 3, 10, 8, 0));
  }

  @Test
  void windowsLieOnTheInput() {
    refused(
        "maxPoolForward: kernel is 16 but at most 15, so that a tap fits a byte",
        () -> LayerNatives.maxPoolForward(0, X, X, X, 32, 32, 2, 2, 16, 16, 0, 1, 8, 0));
    refused(
        "averagePoolForward: not each of 4 x 3 windows lies on the 6 x 6 inputs",
        () -> LayerNatives.averagePoolForward(0, X, X, 6, 6, 4, 3, 2, 2, 0, true, 1, 8, 0));
    refused(
        "maxPoolBackward: not each of 6 x 6 windows lies on the 6 x 6 inputs",
        () -> LayerNatives.maxPoolBackward(0, X, X, X, 6, 6, 6, 6, 1, 1, 1, 1, 8, 0));
    refused(
        "averagePoolBackward: stride is 0 but must be at least 1",
        () -> LayerNatives.averagePoolBackward(0, X, X, 6, 6, 3, 3, 2, 0, 0, true, 1, 8, 0));
  }

  @Test
  void numbersLieInTheirRanges() {
    refused(
        "dropoutBackward: rate is 1.000000 but must be at least 0 and below 1",
        () -> LayerNatives.dropoutBackward(0, X, X, X, 1, 8, 0));
    refused(
        "softmaxCrossEntropy: smoothing is -0.500000 but must be at least 0 and below 1",
        () -> StepNatives.softmaxCrossEntropy(0, X, X, X, X, 0, -0.5f, 2, 10, 0));
    refused(
        "biasInference: activation is 3 but 0, 1 and 2 are known",
        () -> StepNatives.biasInference(0, X, X, 0, X, 3, 1, 1, 8, 0));
    refused(
        "stepStart: lossScale is 0.000000 but must be positive and finite",
        () -> StepNatives.stepStart(X, 0, 0));
    refused(
        "stepRate: step is -1 but counts from 1, and 0 counts on",
        () -> StepNatives.stepRate(X, 0.1f, -1, 0));
    refused(
        "stepEnd: interval is -1 but must not be negative", () -> StepNatives.stepEnd(X, -1, 0));
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
