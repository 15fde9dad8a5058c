package dev.selkie.runtime.conformance;

import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Squeeze;
import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Halves;
import dev.selkie.runtime.Initializer;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.check.CheckedOps;
import dev.selkie.runtime.reference.ReferenceTensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The tensors of one case on one backend, with the same numbers on every backend. Activations have
 * the type of the backend's precision, and all numbers drawn for them and for weights can be
 * represented in it. Each tensor lies between guards; outputs and guards start as NaN, so that what
 * is read unwritten shows.
 */
public final class Fixture {
  private final GuardedMemory memory;
  private final Ops ops;
  private final Element activations;
  private final float lossScale;
  private final Random random;
  private final Map<String, Tensor> compared = new LinkedHashMap<>();
  private final Set<String> scaled = new HashSet<>();

  /** For a backend in float32. */
  public Fixture(Arena arena, Ops ops, long seed) {
    this(arena, ops, Element.FLOAT32, 1, seed);
  }

  /**
   * @param arena of that backend
   * @param ops the backend's, or what stands between; each call is checked before it sees it
   */
  public Fixture(Backend backend, Arena arena, Ops ops, long seed) {
    this(arena, ops, backend.precision().activations(), backend.lossScale(), seed);
  }

  private Fixture(Arena arena, Ops ops, Element activations, float lossScale, long seed) {
    this.memory = new GuardedMemory(arena, activations);
    this.ops = CheckedOps.over(ops);
    this.activations = activations;
    this.lossScale = lossScale;
    this.random = new Random(seed);
  }

  /** To be called when all tensors are declared: they are photographed at the first call. */
  public Ops ops() {
    memory.photograph();
    return ops;
  }

  // ---- activations ------------------------------------------------------------------------------

  /** Must not change. */
  public Tensor input(String name, Shape shape, Values values) {
    return fill(memory.place(name, shape, activations, false), values);
  }

  public Tensor input(String name, Shape shape) {
    return input(name, shape, Values.NORMAL);
  }

  /** Another tensor over the memory of one. */
  public Tensor again(Tensor tensor) {
    return memory.again(tensor);
  }

  /** Poisoned; compared afterwards. */
  public Tensor output(String name, Shape shape) {
    return output(name, shape, activations);
  }

  /** The gradient of a loss, which the backend may scale. */
  public Tensor scaledOutput(String name, Shape shape) {
    scaled.add(name);
    return output(name, shape);
  }

  /** Has values already, is changed in place; compared afterwards. */
  public Tensor updated(String name, Shape shape, Values values) {
    return fill(output(name, shape), values);
  }

  public Tensor updated(String name, Shape shape) {
    return updated(name, shape, Values.NORMAL);
  }

  /** Has values already, which nobody needs afterwards: they may be overwritten. */
  public Tensor consumed(String name, Shape shape) {
    return fill(scratch(name, shape, activations), Values.NORMAL);
  }

  /** What one verb leaves for another; it cannot be read from outside. */
  public Tensor scratch(String name, Shape shape, Element element) {
    return memory.place(name, shape, element, true);
  }

  // ---- what is float32 in any precision ---------------------------------------------------------

  /** Must not change. */
  public Tensor floatInput(String name, Shape shape, Values values) {
    return fill(memory.place(name, shape, Element.FLOAT32, false), values);
  }

  /** Poisoned; compared afterwards. */
  public Tensor floatOutput(String name, Shape shape) {
    return output(name, shape, Element.FLOAT32);
  }

  /** Has values already, is changed in place; compared afterwards. */
  public Tensor floatUpdated(String name, Shape shape, Values values) {
    return fill(floatOutput(name, shape), values);
  }

  public Tensor floatUpdated(String name, Shape shape) {
    return floatUpdated(name, shape, Values.NORMAL);
  }

  /** Its gradient has values already, since verbs add to it. */
  public Parameter parameter(String name, Shape shape, Values values) {
    List<Integer> dimensions =
        List.of(shape.batch(), shape.channels(), shape.height(), shape.width());
    return new Parameter(
        name,
        dimensions,
        Initializer.UNIFORM,
        shape.perSample(),
        shape.batch(),
        true,
        floatInput(name, shape, values),
        floatUpdated("d" + name, shape));
  }

  /** A weight (out, ...) of a convolution or a dense layer, which multiply in the precision. */
  public Parameter weight(String name, Shape shape) {
    return parameter(name, shape, weights(shape));
  }

  /** Numbers for such a weight. */
  Values weights(Shape shape) {
    Values values = Values.weights(shape.perSample());
    return random -> Halves.round(activations, (float) values.next(random));
  }

  /** A weight (out, ...) of a small layer, which multiplies in float32. */
  private Parameter smallWeight(String name, Shape shape) {
    return parameter(name, shape, Values.weights(shape.perSample()));
  }

  public Parameter bias(String name, int out) {
    return parameter(name, Shape.vector(out), Values.NORMAL);
  }

  public BatchNorm batchNorm(String name, int n, int c) {
    return new BatchNorm(
        parameter(name + ".weight", Shape.vector(c), Values.POSITIVE),
        bias(name + ".bias", c),
        floatUpdated(name + ".running_mean", Shape.vector(c)),
        floatUpdated(name + ".running_var", Shape.vector(c), Values.POSITIVE),
        floatOutput(name + ".moments", new Shape(n, 1, 2, c)),
        floatOutput(name + ".statistics", new Shape(1, 1, 4, c)),
        floatOutput(name + ".sums", new Shape(n, 1, 2, c)),
        floatOutput(name + ".coefficients", new Shape(1, 1, 2, c)));
  }

  public Excitation excitation(String name, int n, int c, int hidden, boolean biased) {
    return excitation(name, n, c, hidden, biased, Squeeze.AVERAGE, Gate.SIGMOID);
  }

  public Excitation excitation(
      String name, int n, int c, int hidden, boolean biased, Squeeze squeeze, Gate gate) {
    return new Excitation(
        smallWeight(name + ".fc1.weight", new Shape(hidden, 1, 1, c)),
        biased ? bias(name + ".fc1.bias", hidden) : null,
        smallWeight(name + ".fc2.weight", new Shape(c, 1, 1, hidden)),
        biased ? bias(name + ".fc2.bias", c) : null,
        floatOutput(name + ".squeeze", new Shape(n, 1, 1, c)),
        floatOutput(name + ".hidden", new Shape(n, 1, 1, hidden)),
        floatOutput(name + ".gate", new Shape(n, 1, 1, c)),
        floatOutput(name + ".dGate", new Shape(n, 1, 1, c)),
        floatOutput(name + ".dSqueeze", new Shape(n, 1, 1, c)),
        squeeze == Squeeze.MAX ? floatOutput(name + ".winners", new Shape(n, 1, 1, c)) : null,
        gate);
  }

  public Branch branch(String name, int n, int out, int in, ConvGeometry geometry) {
    int kernelHeight = geometry.kernelHeight();
    int kernelWidth = geometry.kernelWidth();
    Shape taps = new Shape(out, kernelHeight, kernelWidth, in / geometry.groups());
    return new Branch(weight(name + ".weight", taps), geometry, batchNorm(name + ".norm", n, out));
  }

  /**
   * @param dependsOnX whether the hidden units' norm has enough samples for its output to depend on
   *     the input; otherwise dSqueeze is rounding and nothing else, and is not compared
   */
  public Selection selection(
      String name, int n, int c, int hidden, boolean dependsOnX, List<Branch> branches) {
    int size = branches.size();
    Shape perChannel = new Shape(n, 1, 1, c);
    String dSqueeze = name + ".dSqueeze";
    return new Selection(
        branches,
        smallWeight(name + ".fc1.weight", new Shape(hidden, 1, 1, c)),
        parameter(name + ".fc1.norm.weight", Shape.vector(hidden), Values.POSITIVE),
        bias(name + ".fc1.norm.bias", hidden),
        floatUpdated(name + ".fc1.norm.running_mean", Shape.vector(hidden)),
        floatUpdated(name + ".fc1.norm.running_var", Shape.vector(hidden), Values.POSITIVE),
        smallWeight(name + ".fc2.weight", new Shape(size * c, 1, 1, hidden)),
        floatOutput(name + ".counts", new Shape(n, 1, 2 * size, c)),
        floatOutput(name + ".squeeze", perChannel),
        floatOutput(name + ".linear", new Shape(n, 1, 1, hidden)),
        floatOutput(name + ".statistics", new Shape(1, 1, 4, hidden)),
        floatOutput(name + ".hidden", new Shape(n, 1, 1, hidden)),
        floatOutput(name + ".weights", new Shape(n, 1, size, c)),
        floatOutput(name + ".sums", new Shape(n, 1, 2 * size, c)),
        dependsOnX
            ? floatOutput(dSqueeze, perChannel)
            : scratch(dSqueeze, perChannel, Element.FLOAT32));
  }

  /** Parameters and their gradients for an update. */
  public ParameterSpan span(String name, int size) {
    Shape shape = Shape.vector(size);
    Values gradients = random -> lossScale * (float) Values.NORMAL.next(random);
    return new ParameterSpan(
        floatUpdated(name, shape), floatInput("d" + name, shape, gradients), true);
  }

  // ---- results ----------------------------------------------------------------------------------

  /** All outputs by name. */
  Map<String, double[]> results() {
    Map<String, double[]> results = new LinkedHashMap<>();
    compared.forEach((name, tensor) -> results.put(name, values(tensor)));
    scaled.forEach(name -> Arrays.setAll(results.get(name), i -> results.get(name)[i] / lossScale));
    return results;
  }

  /** The first value changed that belongs to no output, where there is one. */
  Optional<String> disturbance() {
    return memory.disturbance();
  }

  private Tensor output(String name, Shape shape, Element element) {
    Tensor tensor = memory.place(name, shape, element, true);
    compared.put(name, tensor);
    return tensor;
  }

  private Tensor fill(Tensor tensor, Values values) {
    float[] numbers = new float[(int) tensor.shape().elements()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) values.next(random);
    }
    tensor.write(numbers);
    return tensor;
  }

  private static double[] values(Tensor tensor) {
    if (tensor instanceof ReferenceTensor reference) {
      return reference.toArray();
    }
    float[] values = new float[(int) tensor.shape().elements()];
    tensor.read(values);
    double[] widened = new double[values.length];
    Arrays.setAll(widened, i -> values[i]);
    return widened;
  }
}
