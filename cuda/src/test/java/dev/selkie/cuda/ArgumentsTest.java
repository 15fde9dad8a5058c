package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A native that is called wrongly names its argument and launches nothing. */
class ArgumentsTest {
  private static final long X = 1 << 12;

  @BeforeAll
  static void load() {
    HostTwin.absence().ifPresent(why -> Assumptions.abort("cuda kernels on the host: " + why));
  }

  @Test
  void nullIsNamed() {
    refused("batchNormMoments: x is null", () -> moments(0, X, 0, 2, 3, 8));
    refused("batchNormMoments: moments is null", () -> moments(0, 0, X, 2, 3, 8));
  }

  @Test
  void sizesArePositive() {
    refused("batchNormMoments: n is 0 but must be at least 1", () -> moments(0, X, X, 0, 3, 8));
    refused("batchNormMoments: p is -1 but must be at least 1", () -> moments(0, X, X, 2, -1, 8));
    refused("batchNormMoments: c is 0 but must be at least 1", () -> moments(0, X, X, 2, 3, 0));
  }

  @Test
  void overflowIsFound() {
    refused(
        "batchNormMoments: n * p * c overflows: 1000000 * 4 * 60000",
        () -> moments(0, X, X, 1_000_000, 4, 60_000));
  }

  @Test
  void gridsAreLimited() {
    refused(
        "batchNormMoments: c is 70000 and p is 4 but at most 65535 channels and 4194240 positions are launched",
        () -> moments(0, X, X, 1, 4, 70_000));
  }

  @Test
  void misalignedIsNamed() {
    refused(
        "batchNormMoments: x lies at 4100, which is no multiple of 16",
        () -> moments(0, X, X + 4, 2, 3, 8));
  }

  @Test
  void typeIsKnown() {
    refused(
        "batchNormMoments: type is 3 but 0, 1 and 2 are known", () -> moments(3, X, X, 2, 3, 8));
  }

  @Test
  void whatBelongsTogetherIsThereTogether() {
    refused(
        "batchNormBackwardSums: residual is there in part; give all of its addresses or none",
        () -> Kernels.batchNormBackwardSums(0, X, X, X, 0, X, 0, 2, 3, 8, 0));
    refused(
        "exciteForward: hiddenUnits is 0 but must be at least 1",
        () -> Kernels.exciteForward(0, X, X, X, 0, X, X, 0, X, 0, 0, 0, 2, 3, 8, 0));
    refused(
        "exciteForward: gateKind is 9 but 0, 1 and 2 are known",
        () -> Kernels.exciteForward(0, X, X, X, 0, X, X, 0, X, 0, 4, 9, 2, 3, 8, 0));
  }

  @Test
  void branchesAreOneToThreeAndAllThere() {
    long[] two = {X, X};
    refused("selectSqueeze: xs is null", () -> squeeze(null, two));
    refused(
        "selectSqueeze: xs has 4 branches but one to three are launched",
        () -> squeeze(new long[] {X, X, X, X}, two));
    refused(
        "selectSqueeze: statistics has not the 1 branches of the others",
        () -> squeeze(new long[] {X}, two));
    refused("selectSqueeze: xs[1] is null", () -> squeeze(new long[] {X, 0}, two));
    refused(
        "selectSqueeze: statistics[0] lies at 4100, which is no multiple of 16",
        () -> squeeze(two, new long[] {X + 4, X}));
    refused(
        "selectFuseInference: hiddenUnits is 100000000, too many for n = 2 and c = 8",
        () ->
            SelectNatives.selectFuseInference(
                0, X, X, X, X, two, X, X, X, X, X, X, 100_000_000, 2, 3, 8, 0));
  }

  private static void squeeze(long[] xs, long[] statistics) {
    SelectNatives.selectSqueeze(0, X, xs, statistics, 2, 3, 8, 0);
  }

  @Test
  void aConvolutionWithoutKernelIsNamed() {
    refused(
        "groupedConvolutionBackwardWeights: there is no kernel for c 24 in groups of 12, stride 1;"
            + " groupedConvolutionSupports says for what there is",
        () -> Kernels.groupedConvolutionBackwardWeights(0, X, X, X, X, 1, 2, 3, 3, 24, 12, 1, 0));
    refused(
        "groupedConvolutionBackwardWeights: dilation is 4 but 1, 2 and 3 are known",
        () -> Kernels.groupedConvolutionBackwardWeights(0, X, X, X, X, 4, 2, 3, 3, 24, 8, 1, 0));
    refused(
        "groupedConvolutionBackwardWeights: h * w overflows: 65536 * 65536",
        () ->
            Kernels.groupedConvolutionBackwardWeights(
                0, X, X, X, X, 1, 2, 65536, 65536, 24, 8, 1, 0));
    refused(
        "groupedConvolutionBackwardWeights: scratch is null",
        () -> Kernels.groupedConvolutionBackwardWeights(0, X, X, X, 0, 1, 2, 3, 3, 24, 8, 1, 0));
  }

  @Test
  void branchesAreWhole() {
    refused(
        "groupedConvolutionForward: the second branch is there in part; give all of its addresses or none",
        () -> forward(X, X, 0, X));
    refused(
        "groupedConvolutionForward: moments are there in part; give those of all branches or none",
        () -> forward(0, X, X, X));
    refused("groupedConvolutionForward: scratch is null", () -> forward(X, X, X, X));
    refused(
        "groupedConvolutionBackwardData: dy is null",
        () ->
            Kernels.groupedConvolutionBackwardData(
                0, X, false, 0, X, 1, 0, 0, 0, 0, 0, 0, 2, 9, 9, 24, 8, 1, 0));
  }

  private static void forward(long moments, long moments2, long y2, long weight2) {
    Kernels.groupedConvolutionForward(
        0, X, moments, X, 1, y2, moments2, weight2, 2, 0, 0, 0, 0, X, 0, 2, 9, 9, 24, 8, 1, 0);
  }

  private static void moments(int type, long moments, long x, int n, int p, int c) {
    Kernels.batchNormMoments(type, moments, x, n, p, c, 0);
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
