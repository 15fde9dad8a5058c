package dev.selkie.conformance;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;
import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.cross_entropy;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.peer.Torch;
import dev.selkie.peer.TorchLayers;
import dev.selkie.peer.TorchState;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.conformance.Values;
import dev.selkie.runtime.reference.ReferenceBackend;
import dev.selkie.runtime.reference.ReferenceTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.CrossEntropyLossOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The oracle itself against PyTorch in double precision, where forward has geometry to get wrong.
 */
class ReferenceParityTest {
  static {
    Torch.load();
  }

  private static final double ROUND_OFF = 0x1p-53;

  private final ReferenceBackend backend = new ReferenceBackend();
  private final Fixture f = new Fixture(backend.allocate(1 << 18), backend.ops(), 11);

  @TestFactory
  Stream<DynamicTest> convolution() {
    return Stream.of(
            new ConvGeometry(3, 3, 1, 1, 1, 1, 1),
            new ConvGeometry(3, 3, 2, 1, 1, 1, 2),
            new ConvGeometry(3, 3, 1, 2, 2, 2, 4),
            new ConvGeometry(1, 5, 1, 1, 0, 2, 1),
            new ConvGeometry(5, 1, 2, 1, 2, 0, 1),
            new ConvGeometry(2, 2, 2, 1, 0, 0, 1))
        .map(g -> DynamicTest.dynamicTest(g.toString(), () -> convolution(g)));
  }

  private void convolution(ConvGeometry g) {
    Tensor x = f.input("x", new Shape(2, 7, 9, 4));
    Shape taps = new Shape(8, g.kernelHeight(), g.kernelWidth(), 4 / g.groups());
    Parameter weight = f.weight("weight", taps);
    Parameter bias = f.bias("bias", 8);
    org.bytedeco.pytorch.Tensor expected =
        conv2d(
            torch(x),
            torch(weight.value()),
            new TensorOptional(flat(bias.value())),
            new long[] {g.stride(), g.stride()},
            new long[] {g.paddingHeight(), g.paddingWidth()},
            new long[] {g.dilation(), g.dilation()},
            g.groups());
    Tensor y = f.output("y", shape(expected));
    f.ops().convolutionBiasForward(y, x, weight, bias, g);
    assertNear(expected, y, taps.perSample() + 1);
  }

  @TestFactory
  Stream<DynamicTest> pools() {
    return Stream.of(
            new PoolGeometry(3, 2, 1, true),
            new PoolGeometry(3, 2, 1, false),
            new PoolGeometry(2, 2, 0, true))
        .map(g -> DynamicTest.dynamicTest(g.toString(), () -> pools(g, false)));
  }

  /** 7 and 10 rounded up: on one axis the last window reaches beyond the image. */
  @TestFactory
  Stream<DynamicTest> poolsRoundedUp() {
    return Stream.of(new PoolGeometry(3, 2, 0, false), new PoolGeometry(3, 2, 1, false))
        .map(g -> DynamicTest.dynamicTest(g.toString(), () -> pools(g, true)));
  }

  private void pools(PoolGeometry g, boolean ceil) {
    Tensor x = f.input("x", new Shape(2, 7, 10, 3));
    long[] kernel = {g.kernel(), g.kernel()};
    long[] stride = {g.stride(), g.stride()};
    long[] padding = {g.padding(), g.padding()};
    org.bytedeco.pytorch.Tensor largest =
        max_pool2d(torch(x), kernel, stride, padding, new long[] {1, 1}, ceil);
    org.bytedeco.pytorch.Tensor mean =
        avg_pool2d(torch(x), kernel, stride, padding, ceil, g.countPadding(), new LongOptional());
    Tensor max = f.output("max", shape(largest));
    Tensor winners = f.scratch("winners", shape(largest), Element.UINT8);
    Tensor average = f.output("average", shape(mean));
    f.ops().maxPoolForward(max, winners, x, g);
    f.ops().averagePoolForward(average, x, g);
    assertNear(largest, max, 0);
    assertNear(mean, average, g.kernel() * g.kernel());
  }

  @Test
  void batchNorm() {
    Shape shape = new Shape(3, 4, 5, 6);
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    BatchNorm norm = f.batchNorm("norm", 3, 6);
    org.bytedeco.pytorch.Tensor mean = flat(norm.runningMean());
    org.bytedeco.pytorch.Tensor variance = flat(norm.runningVariance());
    org.bytedeco.pytorch.Tensor expected =
        batch_norm(
            torch(x),
            new TensorOptional(flat(norm.scale().value())),
            new TensorOptional(flat(norm.shift().value())),
            new TensorOptional(mean),
            new TensorOptional(variance),
            true,
            BatchNorm.MOMENTUM,
            BatchNorm.EPSILON,
            false);
    Tensor y = f.output("y", shape);
    f.ops().batchNormMoments(norm, x);
    f.ops().batchNormStatistics(Epilogue.of(norm), shape.positions());
    f.ops().batchNormForward(y, x, Epilogue.of(norm));
    assertNear(expected, y, 60);
    assertNear(mean.view(1, 6, 1, 1), norm.runningMean(), 60);
    assertNear(variance.view(1, 6, 1, 1), norm.runningVariance(), 60);
  }

  @TestFactory
  Stream<DynamicTest> selectiveKernel() {
    return Stream.of(List.of(2, 1), List.of(3, 2))
        .map(
            sizes ->
                DynamicTest.dynamicTest(
                    sizes.get(0) + " branches, stride " + sizes.get(1),
                    () -> selectiveKernel(sizes.get(0), sizes.get(1))));
  }

  /** Split, fuse and select, and all their gradients, against autograd. */
  private void selectiveKernel(int size, int stride) {
    int channels = 8;
    int hidden = 32;
    int samples = 5;
    Tensor x = f.input("x", new Shape(samples, 6, 7, 4));
    List<Branch> branches = new ArrayList<>();
    for (int m = 0; m < size; m++) {
      ConvGeometry taps = new ConvGeometry(3, 3, stride, m + 1, m + 1, m + 1, 2);
      branches.add(f.branch("sk.branch" + m, samples, channels, 4, taps));
    }
    Selection selection = f.selection("sk", samples, channels, hidden, true, branches);
    try (TorchState state = new TorchState(torch.ScalarType.Double, MemoryFormat.Contiguous)) {
      parameters(selection).forEach(p -> state.parameter(p.name(), peer(p.value())));
      statistics(selection).forEach(s -> state.statistic(s.name(), flat(s)));
      org.bytedeco.pytorch.Tensor image = torch(x).set_requires_grad(true);
      org.bytedeco.pytorch.Tensor expected =
          new TorchLayers(state).selectiveKernel("sk", image, channels, stride, 2, size);
      Tensor y = f.output("y", shape(expected));
      Tensor dy = f.input("dy", y.shape());
      Tensor dx = f.output("dx", x.shape());
      expected.mul(torch(dy)).sum().backward();
      parameters(selection).forEach(p -> accumulate(state.parameters().get(p.name()), p));
      trainSelection(selection, y, dy, dx, x);
      // Each of a norm's two passes sums over all positions, and there are three norms deep.
      int terms = 6 * samples * y.shape().positions() * size;
      assertNear(expected, y, terms);
      assertNear(image.grad(), dx, terms);
      parameters(selection)
          .forEach(p -> assertNear(state.parameters().get(p.name()).grad(), p.gradient(), terms));
      statistics(selection).forEach(s -> assertNear(state.statistics().get(s.name()), s, terms));
    }
  }

  private void trainSelection(Selection selection, Tensor y, Tensor dy, Tensor dx, Tensor x) {
    List<Tensor> convolved = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    for (int m = 0; m < selection.size(); m++) {
      convolved.add(f.output("convolved" + m, y.shape()));
      gradients.add(f.output("dConvolved" + m, y.shape()));
    }
    Ops ops = f.ops();
    int positions = y.shape().positions();
    ops.selectConvolutionForward(convolved, selection, x);
    ops.selectStatistics(selection, positions);
    ops.selectSqueeze(selection, convolved);
    ops.selectFuse(selection, positions);
    ops.selectForward(y, convolved, selection);
    ops.selectBackwardSums(selection, dy, convolved);
    ops.selectBackwardStatistics(selection, positions);
    ops.selectBackward(gradients, dy, convolved, selection);
    for (int m = 0; m < selection.size(); m++) {
      Branch branch = selection.branches().get(m);
      Tensor d = gradients.get(m);
      ops.convolutionBackwardWeights(branch.weight(), x, d, branch.geometry());
      if (m == 0) {
        ops.convolutionBackwardData(dx, d, branch.weight(), branch.geometry());
      } else {
        ops.convolutionBackwardDataAccumulate(dx, d, branch.weight(), branch.geometry());
      }
    }
  }

  private static List<Parameter> parameters(Selection selection) {
    List<Parameter> all = new ArrayList<>();
    for (Branch branch : selection.branches()) {
      all.addAll(List.of(branch.weight(), branch.norm().scale(), branch.norm().shift()));
    }
    all.addAll(List.of(selection.squeezeWeight(), selection.scale(), selection.shift()));
    all.add(selection.selectWeight());
    return all;
  }

  private static List<Tensor> statistics(Selection selection) {
    List<Tensor> all = new ArrayList<>();
    for (Branch branch : selection.branches()) {
      all.addAll(List.of(branch.norm().runningMean(), branch.norm().runningVariance()));
    }
    all.addAll(List.of(selection.runningMean(), selection.runningVariance()));
    return all;
  }

  /** Gradients accumulate: what the verbs start from is in the expected sum too. */
  private static void accumulate(org.bytedeco.pytorch.Tensor expected, Parameter parameter) {
    expected.grad().add_(peer(parameter.gradient()));
  }

  @TestFactory
  Stream<DynamicTest> softmaxCrossEntropy() {
    return Stream.of(0f, 0.1f)
        .map(e -> DynamicTest.dynamicTest("smoothing " + e, () -> softmaxCrossEntropy(e)));
  }

  private void softmaxCrossEntropy(float smoothing) {
    Tensor logits = f.input("logits", new Shape(4, 1, 1, 7));
    Tensor labels = f.input("labels", new Shape(4, 1, 1, 1), Values.below(7));
    Tensor loss = f.output("loss", labels.shape());
    Tensor dLogits = f.output("dLogits", logits.shape());
    org.bytedeco.pytorch.Tensor scores = flat(logits).view(4, 7).set_requires_grad(true);
    CrossEntropyLossOptions options = new CrossEntropyLossOptions();
    options.label_smoothing().put(smoothing);
    org.bytedeco.pytorch.Tensor mean =
        cross_entropy(scores, flat(labels).to(torch.ScalarType.Long), options);
    mean.backward();
    f.ops().softmaxCrossEntropy(loss, dLogits, logits, labels, smoothing);
    double total = Arrays.stream(ReferenceTensor.ref(loss).toArray()).sum();
    assertEquals(mean.item_double(), total / 4, 4 * 7 * ROUND_OFF * total);
    assertNear(scores.grad().view(4, 7, 1, 1), dLogits, 4 * 7);
  }

  @TestFactory
  Stream<DynamicTest> sgd() {
    return Stream.of(false, true)
        .map(nesterov -> DynamicTest.dynamicTest("nesterov " + nesterov, () -> sgd(nesterov)));
  }

  private void sgd(boolean nesterov) {
    ParameterSpan span = f.span("weights", 9);
    Tensor velocity = f.updated("velocity", Shape.vector(9), random -> 0);
    SGDOptions options = new SGDOptions(0.1f);
    options.momentum().put(0.9f);
    options.weight_decay().put(0.01f);
    options.nesterov().put(nesterov);
    org.bytedeco.pytorch.Tensor w = flat(span.values()).set_requires_grad(true);
    Optimizer peer = new SGD(new TensorVector(w), options);
    for (int step = 1; step <= 3; step++) {
      step(peer, w, span);
      f.ops().learningRate(0.1f, step);
      f.ops().sgd(span, velocity, 0.9f, 0.01f, nesterov);
    }
    assertNear(w.view(1, 9, 1, 1), span.values(), 3 * 8);
  }

  @Test
  void adamW() {
    ParameterSpan span = f.span("weights", 9);
    Tensor mean = f.updated("mean", Shape.vector(9), random -> 0);
    Tensor square = f.updated("square", Shape.vector(9), random -> 0);
    AdamWOptions options = new AdamWOptions(0.01f);
    options.betas().put(0.9f, 0.999f);
    options.eps().put(1e-8f);
    options.weight_decay().put(0.01f);
    org.bytedeco.pytorch.Tensor w = flat(span.values()).set_requires_grad(true);
    Optimizer peer = new AdamW(new TensorVector(w), options);
    for (int step = 1; step <= 3; step++) {
      step(peer, w, span);
      f.ops().learningRate(0.01f, step);
      f.ops().adamW(span, mean, square, 0.9f, 0.999f, 1e-8f, 0.01f);
    }
    assertNear(w.view(1, 9, 1, 1), span.values(), 3 * 20);
  }

  private static void step(Optimizer peer, org.bytedeco.pytorch.Tensor w, ParameterSpan span) {
    w.mutable_grad().put(flat(span.gradients()));
    peer.step();
  }

  /** Two sums of n terms, in other orders, differ by no more than 2 n u of their size. */
  private static void assertNear(org.bytedeco.pytorch.Tensor expected, Tensor got, int terms) {
    org.bytedeco.pytorch.Tensor detached = expected.detach();
    org.bytedeco.pytorch.Tensor rows =
        detached.dim() == 4 ? detached.permute(0, 2, 3, 1).contiguous() : detached.contiguous();
    double[] values = new double[(int) rows.numel()];
    rows.data_ptr_double().get(values);
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    double[] ours = ReferenceTensor.ref(got).toArray();
    assertEquals(values.length, ours.length);
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], ours[i], 2 * terms * ROUND_OFF * largest, got.name() + " " + i);
    }
  }

  /** A copy in (N, C, H, W). */
  private static org.bytedeco.pytorch.Tensor torch(Tensor tensor) {
    Shape s = tensor.shape();
    return flat(tensor)
        .view(s.batch(), s.height(), s.width(), s.channels())
        .permute(0, 3, 1, 2)
        .contiguous();
  }

  /** A weight's or a vector's copy with PyTorch's dimensions. */
  private static org.bytedeco.pytorch.Tensor peer(Tensor tensor) {
    return tensor.shape().batch() > 1 ? torch(tensor) : flat(tensor);
  }

  private static org.bytedeco.pytorch.Tensor flat(Tensor tensor) {
    return org.bytedeco.pytorch.Tensor.create(ReferenceTensor.ref(tensor).toArray());
  }

  private static Shape shape(org.bytedeco.pytorch.Tensor nchw) {
    return new Shape(
        (int) nchw.size(0), (int) nchw.size(2), (int) nchw.size(3), (int) nchw.size(1));
  }
}
