package dev.selkie.runtime.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Squeeze;
import dev.selkie.runtime.Arena;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.reference.ReferenceBackend;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Geometries and numbers out of range, and what a broken rule says. */
class RuleSentencesTest {
  private static final Shape SHAPE = new Shape(2, 6, 8, 4);

  private final Arena arena = new ReferenceBackend().allocate(1 << 20);
  private final Fixture f = new Fixture(arena, new ReferenceBackend().ops(), 1);
  private final Ops ops = CheckedOps.rules();
  private final Tensor x = f.input("x", SHAPE);
  private final Tensor y = f.output("y", SHAPE);

  // ---- geometry ---------------------------------------------------------------------------------

  @Test
  void windowsThatAreNotThere() {
    Tensor small = f.output("small", new Shape(2, 3, 3, 4));
    refused(
        "convolutionForward of small (2x4x3x3), x (2x4x6x8), weight (4x4x3x3), dweight (4x4x3x3): "
            + "small is 2x4x3x3 but must be 2x4x3x4: so many windows of 3x3, stride 2, dilation 1,"
            + " padding 1x1 lie on x (2x4x6x8)",
        () -> convolve(small, geometry(3, 2, 1, 1, 1)));
  }

  @Test
  void kernelsThatDoNotFit() {
    says("a kernel of 5 with dilation 2 reaches over 9 positions", geometry(5, 1, 2, 1, 1));
    says("the kernel's height is 0 but must be at least 1", geometry(0, 1, 1, 0, 1));
    says("the stride is 0 but must be at least 1", geometry(3, 0, 1, 1, 1));
    says("the dilation is 0 but must be at least 1", geometry(3, 1, 0, 1, 1));
    says("the padding is -1 but must be at least 0", geometry(3, 1, 1, -1, 1));
    says("the number of groups is 0 but must be at least 1", geometry(3, 1, 1, 1, 0));
    says("3 groups must divide both the channels of x", geometry(3, 1, 1, 1, 3));
    says(
        "weight is 4x4x3x3 but must be 4x2x3x3, as the weight of its layer",
        geometry(3, 1, 1, 1, 2));
  }

  @Test
  void dimensionsThatAreNotThoseOfTheValues() {
    Parameter weight = f.weight("weight", new Shape(4, 3, 3, 4));
    Parameter named =
        new Parameter(
            "stem.weight",
            List.of(4, 3, 3, 4),
            weight.initializer(),
            weight.fanIn(),
            weight.fanOut(),
            true,
            weight.value(),
            weight.gradient());
    refusedWith(
        "stem.weight has dimensions [4, 3, 3, 4] but its values are 4x4x3x3",
        () -> ops.convolutionForward(y, x, named, geometry(3, 1, 1, 1, 1)));
  }

  @Test
  void poolsOfWindowsBesideTheirInput() {
    Tensor half = f.output("half", new Shape(2, 3, 4, 4));
    Tensor winners = f.scratch("winners", half.shape(), Element.UINT8);
    ops.maxPoolForward(half, winners, x, new PoolGeometry(2, 2, 0, true));
    pools("the kernel is 0 but must be at least 1", half, new PoolGeometry(0, 2, 0, true));
    pools("the stride is 0 but must be at least 1", half, new PoolGeometry(2, 0, 0, true));
    pools("the padding is 2 but must be from 0 to 1", half, new PoolGeometry(3, 2, 2, true));
    pools("the padding is -1 but must be from 0 to 1", half, new PoolGeometry(3, 2, -1, true));
    pools("a kernel of 9 does not fit the 6 rows of ", half, new PoolGeometry(9, 2, 1, true));
    pools(
        "half (2x4x3x4) has 3 rows but windows of 3, stride 2 and padding 0 on x (2x4x6x8) are 2",
        half,
        new PoolGeometry(3, 2, 0, true));
    ops.averagePoolForward(half, x, new PoolGeometry(3, 2, 0, false));
    pools(
        "half (2x4x3x4) has 3 rows but windows of 1, stride 1 and padding 0 on x (2x4x6x8) are 6",
        half,
        new PoolGeometry(1, 1, 0, false));
    refusedWith(
        "a tap of a window of 16 x 16 does not fit a byte; the largest kernel is 15",
        () -> ops.maxPoolForward(half, winners, x, new PoolGeometry(16, 2, 8, true)));
  }

  @Test
  void channelsOutsideTheWhole() {
    Tensor part = f.output("part", new Shape(2, 6, 8, 3));
    ops.concatForward(y, part, 1);
    for (int channel : new int[] {-1, 2, Integer.MAX_VALUE}) {
      refusedWith(
          "from channel %d on do not lie within the 4 of".formatted(channel),
          () -> ops.concatForward(y, part, channel));
      refusedWith("within the 4", () -> ops.concatBackward(part, x, channel));
      refusedWith("within the 4", () -> ops.channelSplitForward(part, x, channel));
      refusedWith("within the 4", () -> ops.channelSplitBackward(y, part, channel));
      refusedWith("within the 4", () -> ops.channelSplitBackwardAccumulate(y, part, channel));
    }
    for (int groups : new int[] {0, -2, 3}) {
      refusedWith(groups + " groups do not divide the 4", () -> ops.channelShuffle(y, x, groups));
    }
  }

  // ---- numbers ----------------------------------------------------------------------------------

  @Test
  void numbersOutOfRange() {
    Tensor mask = f.scratch("mask", SHAPE, Element.BIT);
    Tensor logits = f.input("logits", new Shape(2, 1, 1, 10));
    Tensor dLogits = f.output("dLogits", logits.shape());
    Tensor labels = f.floatOutput("labels", new Shape(2, 1, 1, 1));
    Tensor loss = f.floatOutput("loss", new Shape(2, 1, 1, 1));
    for (float wrong : new float[] {-0.1f, 1, Float.NaN}) {
      String range = "is %s but must be from 0 to below 1".formatted(wrong);
      refusedWith("the rate " + range, () -> ops.dropoutForward(y, mask, x, wrong, 0));
      refusedWith("the rate " + range, () -> ops.dropoutBackward(y, x, mask, wrong));
      refusedWith(
          "the label smoothing " + range,
          () -> ops.softmaxCrossEntropy(loss, dLogits, logits, labels, wrong));
    }
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      refusedWith("must be finite", () -> ops.times(y, x, wrong));
      refusedWith("the learning rate is " + wrong, () -> ops.learningRate(wrong, 1));
    }
    refusedWith("the learning rate is -1.0", () -> ops.learningRate(-1, 1));
    refused(
        "learningRate: the number of the step is 0 but must be at least 1",
        () -> ops.learningRate(0.1f, 0));
    refusedWith(
        "the number of positions is 0 but must be at least 1",
        () -> ops.batchNormStatistics(Epilogue.of(f.batchNorm("norm", 2, 4)), 0));
  }

  @Test
  void numbersOfUpdatesOutOfRange() {
    ParameterSpan span = f.span("weights", 8);
    Tensor mean = f.floatUpdated("mean", Shape.vector(8));
    Tensor square = f.floatUpdated("square", Shape.vector(8));
    ops.sgd(span, mean, 0.9f, 0.1f, true);
    ops.adamW(span, mean, square, 0.9f, 0.99f, 1e-8f, 0.1f);
    refusedWith("the momentum is 1.0", () -> ops.sgd(span, mean, 1, 0, false));
    refusedWith("the weight decay is -1.0", () -> ops.sgd(span, mean, 0, -1, false));
    refusedWith("beta1 is 1.0", () -> ops.adamW(span, mean, square, 1, 0.9f, 1e-8f, 0));
    refusedWith("beta2 is NaN", () -> ops.adamW(span, mean, square, 0, Float.NaN, 1e-8f, 0));
    refusedWith("epsilon is 0.0", () -> ops.adamW(span, mean, square, 0, 0, (float) 1e-50, 0));
    refusedWith("the weight decay", () -> ops.adamW(span, mean, square, 0, 0, 1, Float.NaN));
  }

  // ---- what belongs together --------------------------------------------------------------------

  @Test
  void epiloguesOfTheOtherVerb() {
    BatchNorm norm = f.batchNorm("norm", 2, 4);
    Tensor added = f.input("added", SHAPE);
    Epilogue alone = Epilogue.of(norm);
    refusedWith(
        "the epilogue adds a residual; call the verb that takes one",
        () -> ops.batchNormForward(y, x, alone.add()));
    refusedWith(
        "the epilogue adds no residual; call the verb that takes none",
        () -> ops.batchNormAddForward(y, x, added, alone));
    refusedWith(
        "there is a norm of the residual but no residual",
        () -> ops.batchNormForward(y, x, new Epilogue(norm, null, false, norm, null)));
    Excitation largest = f.excitation("se", 2, 4, 2, true, Squeeze.MAX, Gate.SIGMOID);
    refusedWith(
        "the excitation squeezes to the maximum",
        () -> ops.batchNormForward(y, x, alone.excite(largest)));
  }

  @Test
  void branchesAreSeveralAndEachHasItsTensor() {
    ConvGeometry pointwise = geometry(1, 1, 1, 0, 1);
    Selection two =
        f.selection(
            "select",
            2,
            4,
            2,
            true,
            List.of(f.branch("a", 2, 4, 4, pointwise), f.branch("b", 2, 4, 4, pointwise)));
    ops.selectSqueeze(two, List.of(x, x));
    refusedWith(
        "there are 1 tensors for 2 branches; give one for each",
        () -> ops.selectSqueeze(two, List.of(x)));
    Selection one = f.selection("one", 2, 4, 2, true, List.of(f.branch("c", 2, 4, 4, pointwise)));
    refusedWith(
        "the number of branches is 1 but must be at least 2", () -> ops.selectFuse(one, 48));
  }

  @Test
  void nothingIsMissing() {
    refused(
        "copy of y (2x4x6x8): argument 2 of 2, a Tensor, is null or holds a null; give all of them",
        () -> ops.copy(y, null));
    List<ParameterSpan> spans = Collections.singletonList(null);
    refused(
        "beginUpdate: argument 1 of 1, a List, is null or holds a null; give all of them",
        () -> ops.beginUpdate(spans));
    BatchNorm norm = f.batchNorm("norm", 2, 4);
    BatchNorm half =
        new BatchNorm(
            norm.scale(),
            norm.shift(),
            null,
            norm.runningVariance(),
            norm.moments(),
            norm.statistics(),
            norm.sums(),
            norm.coefficients());
    refusedWith("running mean is null", () -> ops.batchNormMoments(half, x));
  }

  @Test
  void aRuleIsNamedOnceAndTheBackendsOwnFailureAsItIs() {
    Ops checked = CheckedOps.over(new ReferenceBackend().ops());
    Tensor labels = f.floatOutput("labels", new Shape(1, 1, 1, 1));
    Tensor loss = f.floatOutput("loss", labels.shape());
    Tensor logits = f.input("logits", new Shape(1, 1, 1, 3));
    Tensor dLogits = f.output("dLogits", logits.shape());
    labels.write(new float[] {7});
    BackendException own =
        assertThrows(
            BackendException.class,
            () -> checked.softmaxCrossEntropy(loss, dLogits, logits, labels, 0));
    assertTrue(own.getMessage().startsWith("the label of sample 0 is 7"), own.getMessage());
    BackendException rule =
        assertThrows(BackendException.class, () -> checked.addForward(y, x, logits));
    assertEquals(
        "addForward of y (2x4x6x8), x (2x4x6x8), logits (1x3x1x1): logits is 1x3x1x1 but x is"
            + " 2x4x6x8; both must have one shape",
        rule.getMessage());
  }

  private void says(String part, ConvGeometry geometry) {
    refusedWith(part, () -> convolve(y, geometry));
  }

  private void convolve(Tensor output, ConvGeometry geometry) {
    Parameter weight = f.weight("weight", new Shape(4, 3, 3, 4));
    ops.convolutionForward(output, x, weight, geometry);
  }

  private void pools(String part, Tensor half, PoolGeometry geometry) {
    refusedWith(part, () -> ops.averagePoolForward(half, x, geometry));
    refusedWith(
        part.replace("half", "small").replace(" on x ", " on y "),
        () -> ops.averagePoolBackward(y, f.input("small", half.shape()), geometry));
  }

  private static ConvGeometry geometry(
      int kernel, int stride, int dilation, int padding, int groups) {
    return new ConvGeometry(kernel, kernel, stride, dilation, padding, padding, groups);
  }

  private static void refused(String sentence, Runnable call) {
    assertEquals(sentence, assertThrows(BackendException.class, call::run).getMessage());
  }

  private static void refusedWith(String part, Runnable call) {
    String message = assertThrows(BackendException.class, call::run).getMessage();
    assertTrue(message.contains(part), () -> message + " should say: " + part);
  }
}
