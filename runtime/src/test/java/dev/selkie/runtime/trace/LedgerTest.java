package dev.selkie.runtime.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.annotation.Gate;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Ceilings;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Initializer;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Accounts of single verbs, added up by hand; a value of an activation has 2 bytes. */
class LedgerTest {
  private static final ConvGeometry KERNEL3 = new ConvGeometry(3, 3, 1, 1, 1, 1, 1);
  private static final ConvGeometry SAMPLED = new ConvGeometry(1, 1, 2, 1, 0, 0, 1);

  private final Ledger ledger = new Ledger();
  private final Backend backend = ledger.device(Precision.BFLOAT16).open();
  private final Tensor x = tensor("x", new Shape(2, 4, 4, 8));
  private final Tensor y = tensor("y", new Shape(2, 4, 4, 16));
  private final Tensor half = tensor("half", new Shape(2, 2, 2, 16));
  private final Parameter taps = parameter("taps", new Shape(16, 3, 3, 8));
  private final Parameter point = parameter("point", new Shape(16, 1, 1, 8));

  @Test
  void aConvolutionReadsXAndWeightsAndWritesY() {
    check(ops -> ops.convolutionForward(y, x, taps, KERNEL3), 2 * (256 + 512) + 4 * 1152, 73_728);
    check(
        ops -> ops.convolutionBackwardData(x, y, taps, KERNEL3),
        2 * (256 + 512) + 4 * 1152,
        73_728);
  }

  @Test
  void whatIsAddedToIsReadAndWritten() {
    check(
        ops -> ops.convolutionBackwardDataAccumulate(x, y, taps, KERNEL3),
        2 * (2 * 256 + 512) + 4 * 1152,
        73_728);
    check(
        ops -> ops.convolutionBackwardWeights(taps, x, y, KERNEL3),
        2 * (256 + 512) + 2 * 4 * 1152,
        73_728);
    check(ops -> ops.accumulate(x, x), 3 * 512, 0);
  }

  /** A quarter of the positions; but backward writes all of dx. */
  @Test
  void aStridedPointwiseConvolutionReadsWhatItSamples() {
    check(
        ops -> ops.convolutionForward(half, x, point, SAMPLED), 2 * (64 + 128) + 4 * 128, 2 * 1024);
    check(
        ops -> ops.convolutionBackwardData(x, half, point, SAMPLED),
        2 * (256 + 128) + 4 * 128,
        2 * 1024);
  }

  @Test
  void masksAreBitsAndTheForwardsOutputIsNotReadAgain() {
    Epilogue plain = Epilogue.of(norm()).relu(bits());
    check(ops -> ops.batchNormForward(x, x, plain), 2 * 512 + 32, 0);
    check(ops -> ops.batchNormBackwardSums(plain, x, x, x), 2 * 512 + 32, 0);
    check(ops -> ops.batchNormBackward(x, x, x, x, plain), 3 * 512 + 32, 0);
    check(ops -> ops.batchNormStatistics(plain, 16), 0, 0);
  }

  /** Its gradient is that of the sum. Only a norm of its own asks for the residual itself. */
  @Test
  void aResidualIsReadBackwardWhereItHasANorm() {
    Epilogue identity = Epilogue.of(norm()).add().relu(bits());
    Epilogue projected = Epilogue.of(norm()).add(norm()).relu(bits());
    check(ops -> ops.batchNormAddForward(x, x, x, identity), 3 * 512 + 32, 0);
    check(ops -> ops.batchNormAddBackwardSums(identity, x, x, x, x), 2 * 512 + 32, 0);
    check(ops -> ops.batchNormAddBackwardSums(projected, x, x, x, x), 3 * 512 + 32, 0);
    check(ops -> ops.batchNormAddBackward(x, x, x, x, x, x, identity), 4 * 512 + 32, 0);
    check(ops -> ops.batchNormAddBackward(x, x, x, x, x, x, projected), 5 * 512 + 32, 0);
  }

  @Test
  void anExcitationCountsItsWeightsWhereTheyAreUsed() {
    Epilogue excited = Epilogue.of(norm()).excite(excitation());
    check(ops -> ops.batchNormStatistics(excited, 16), 4 * 64, 2 * 2 * 64);
    check(ops -> ops.batchNormForward(x, x, excited), 2 * 512, 0);
    check(ops -> ops.batchNormBackwardStatistics(excited, 16), 3 * 4 * 64, 2 * 2 * 2 * 64);
    check(ops -> ops.exciteForward(excitation(), x), 512 + 4 * 64, 2 * 2 * 64);
  }

  @Test
  void partsOfChannelsCountAsParts() {
    check(ops -> ops.concatForward(y, x, 8), 2 * 512, 0);
    check(ops -> ops.channelSplitForward(x, y, 8), 2 * 512, 0);
    check(ops -> ops.channelSplitBackward(y, x, 8), 512 + 1024, 0);
    check(ops -> ops.channelSplitBackwardAccumulate(y, x, 8), 3 * 512, 0);
  }

  /** As stored, in 32 bits: PyTorch's SGD reads w, g and v, and writes w and v. */
  @Test
  void theOptimizerMovesValuesGradientsAndStates() {
    ParameterSpan span = new ParameterSpan(taps.value(), taps.gradient(), true);
    Tensor state = stored("state", Shape.vector(1152));
    check(ops -> ops.sgd(span, state, 0.9f, 0, false), 5 * 4 * 1152, 0);
    check(ops -> ops.adamW(span, state, state, 0, 0, 0, 0), 7 * 4 * 1152, 0);
    check(ops -> ops.zero(taps.gradient()), 4 * 1152, 0);
  }

  /** Each verb at the ceiling that binds it: 4608 + 1536 bytes or 73,728 operations. */
  @Test
  void theFloorIsASumOverVerbs() {
    backend.ops().convolutionForward(y, x, taps, KERNEL3);
    backend.ops().addForward(x, x, x);
    assertEquals(6.144 + 1.536, ledger.seconds(new Ceilings(1000, 1e6)), 1e-9);
    assertEquals(73.728 + 1.536e-3, ledger.seconds(new Ceilings(1e6, 1000)), 1e-9);
  }

  private void check(Consumer<Ops> verb, long bytes, long operations) {
    ledger.clear();
    verb.accept(backend.ops());
    assertEquals(1, ledger.entries().size());
    assertEquals(bytes, ledger.bytes(), "bytes");
    assertEquals(operations, ledger.operations(), "operations");
  }

  private Tensor tensor(String name, Shape shape) {
    return backend.allocate(0).tensor(name, shape, backend.precision().activations(), 0);
  }

  private Tensor stored(String name, Shape shape) {
    return backend.allocate(0).tensor(name, shape, Element.FLOAT32, 0);
  }

  private Tensor bits() {
    return backend.allocate(0).tensor("mask", x.shape(), Element.BIT, 0);
  }

  private Parameter parameter(String name, Shape shape) {
    return new Parameter(
        name,
        List.of(shape.batch(), shape.channels(), shape.height(), shape.width()),
        Initializer.ONE,
        1,
        1,
        true,
        stored(name, shape),
        stored("d" + name, shape));
  }

  private BatchNorm norm() {
    Parameter vector = parameter("norm", Shape.vector(8));
    Tensor numbers = tensor("numbers", new Shape(2, 1, 2, 8));
    return new BatchNorm(vector, vector, numbers, numbers, numbers, numbers, numbers, numbers);
  }

  private Excitation excitation() {
    Parameter first = parameter("fc1", new Shape(4, 1, 1, 8));
    Parameter second = parameter("fc2", new Shape(8, 1, 1, 4));
    Tensor gate = tensor("gate", new Shape(2, 1, 1, 8));
    return new Excitation(
        first, null, second, null, gate, gate, gate, gate, gate, null, Gate.SIGMOID);
  }
}
