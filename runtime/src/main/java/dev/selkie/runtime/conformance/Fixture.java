package dev.selkie.runtime.conformance;

import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Squeeze;
import dev.selkie.runtime.Arena;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Initializer;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.reference.ReferenceTensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The tensors of one case on one backend, with the same numbers on every backend. Each lies between
 * guards; outputs and guards start as NaN, so that what is read unwritten shows.
 */
public final class Fixture {
  private final Arena arena;
  private final Ops ops;
  private final Random random;
  private final Map<String, Tensor> compared = new LinkedHashMap<>();
  private final BitSet writable = new BitSet();
  private long end;
  private float[] before;

  public Fixture(Arena arena, Ops ops, long seed) {
    this.arena = arena;
    this.ops = ops;
    this.random = new Random(seed);
  }

  /** To be called when all tensors are declared: they are photographed at the first call. */
  public Ops ops() {
    before = before == null ? memory() : before;
    return ops;
  }

  // ---- declarations -----------------------------------------------------------------------------

  /** Must not change. */
  public Tensor input(String name, Shape shape, Values values) {
    return fill(place(name, shape, Element.FLOAT32, false), values);
  }

  public Tensor input(String name, Shape shape) {
    return input(name, shape, Values.NORMAL);
  }

  /** Poisoned; compared afterwards. */
  public Tensor output(String name, Shape shape) {
    Tensor tensor = place(name, shape, Element.FLOAT32, true);
    compared.put(name, tensor);
    return tensor;
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
    return fill(scratch(name, shape, Element.FLOAT32), Values.NORMAL);
  }

  /** What one verb leaves for another; it cannot be read from outside. */
  public Tensor scratch(String name, Shape shape, Element element) {
    return place(name, shape, element, true);
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
        input(name, shape, values),
        updated("d" + name, shape));
  }

  /** A weight (out, ...). */
  public Parameter weight(String name, Shape shape) {
    return parameter(name, shape, Values.weights(shape.perSample()));
  }

  public Parameter bias(String name, int out) {
    return parameter(name, Shape.vector(out), Values.NORMAL);
  }

  public BatchNorm batchNorm(String name, int n, int c) {
    return new BatchNorm(
        parameter(name + ".weight", Shape.vector(c), Values.POSITIVE),
        bias(name + ".bias", c),
        updated(name + ".running_mean", Shape.vector(c)),
        updated(name + ".running_var", Shape.vector(c), Values.POSITIVE),
        output(name + ".moments", new Shape(n, 1, 2, c)),
        output(name + ".statistics", new Shape(1, 1, 4, c)),
        output(name + ".sums", new Shape(n, 1, 2, c)),
        output(name + ".coefficients", new Shape(1, 1, 2, c)));
  }

  public Excitation excitation(String name, int n, int c, int hidden, boolean biased) {
    return excitation(name, n, c, hidden, biased, Squeeze.AVERAGE, Gate.SIGMOID);
  }

  public Excitation excitation(
      String name, int n, int c, int hidden, boolean biased, Squeeze squeeze, Gate gate) {
    return new Excitation(
        weight(name + ".fc1.weight", new Shape(hidden, 1, 1, c)),
        biased ? bias(name + ".fc1.bias", hidden) : null,
        weight(name + ".fc2.weight", new Shape(c, 1, 1, hidden)),
        biased ? bias(name + ".fc2.bias", c) : null,
        output(name + ".squeeze", new Shape(n, 1, 1, c)),
        output(name + ".hidden", new Shape(n, 1, 1, hidden)),
        output(name + ".gate", new Shape(n, 1, 1, c)),
        output(name + ".dGate", new Shape(n, 1, 1, c)),
        output(name + ".dSqueeze", new Shape(n, 1, 1, c)),
        squeeze == Squeeze.MAX ? output(name + ".winners", new Shape(n, 1, 1, c)) : null,
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
        weight(name + ".fc1.weight", new Shape(hidden, 1, 1, c)),
        parameter(name + ".fc1.norm.weight", Shape.vector(hidden), Values.POSITIVE),
        bias(name + ".fc1.norm.bias", hidden),
        updated(name + ".fc1.norm.running_mean", Shape.vector(hidden)),
        updated(name + ".fc1.norm.running_var", Shape.vector(hidden), Values.POSITIVE),
        weight(name + ".fc2.weight", new Shape(size * c, 1, 1, hidden)),
        output(name + ".counts", new Shape(n, 1, 2 * size, c)),
        output(name + ".squeeze", perChannel),
        output(name + ".linear", new Shape(n, 1, 1, hidden)),
        output(name + ".statistics", new Shape(1, 1, 4, hidden)),
        output(name + ".hidden", new Shape(n, 1, 1, hidden)),
        output(name + ".weights", new Shape(n, 1, size, c)),
        output(name + ".sums", new Shape(n, 1, 2 * size, c)),
        dependsOnX ? output(dSqueeze, perChannel) : scratch(dSqueeze, perChannel, Element.FLOAT32));
  }

  public ParameterSpan span(String name, int size) {
    Shape shape = Shape.vector(size);
    return new ParameterSpan(updated(name, shape), input("d" + name, shape), true);
  }

  // ---- results ----------------------------------------------------------------------------------

  /** All outputs by name. */
  Map<String, double[]> results() {
    Map<String, double[]> results = new LinkedHashMap<>();
    compared.forEach((name, tensor) -> results.put(name, values(tensor)));
    return results;
  }

  /** The first value changed that belongs to no output, where there is one. */
  Optional<String> disturbance() {
    float[] after = memory();
    for (int i = writable.nextClearBit(0); i < after.length; i = writable.nextClearBit(i + 1)) {
      if (Float.floatToRawIntBits(before[i]) != Float.floatToRawIntBits(after[i])) {
        return Optional.of(
            "changed byte %d of the arena from %s to %s, which belongs to an input or to no tensor"
                .formatted(4L * i, before[i], after[i]));
      }
    }
    return Optional.empty();
  }

  private Tensor place(String name, Shape shape, Element element, boolean output) {
    int slots = Math.toIntExact((element.bytes(shape.elements()) + 3) / 4);
    long guard = Layout.ALIGNMENT;
    long offset = end + guard;
    long next = Layout.align(offset + 4L * slots) + guard;
    poison(end, next);
    end = next;
    if (output) {
      int first = (int) (offset / 4);
      writable.set(first, first + slots);
    }
    return arena.tensor(name, shape, element, offset);
  }

  private void poison(long from, long to) {
    float[] values = new float[(int) ((to - from) / 4)];
    Arrays.fill(values, Float.NaN);
    Shape shape = Shape.vector(values.length);
    arena.tensor("poison", shape, Element.FLOAT32, from).write(values);
  }

  private Tensor fill(Tensor tensor, Values values) {
    float[] numbers = new float[(int) tensor.shape().elements()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) values.next(random);
    }
    tensor.write(numbers);
    return tensor;
  }

  private float[] memory() {
    float[] values = new float[(int) (end / 4)];
    Shape shape = Shape.vector(values.length);
    arena.tensor("memory", shape, Element.FLOAT32, 0).read(values);
    return values;
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
