package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Selective kernels by central differences, and the identities their gradients obey. */
class SelectGradientTest {
  @TestFactory
  Stream<DynamicTest> units() {
    return Stream.of(2, 3)
        .flatMap(
            size ->
                Stream.of(new Shape(4, 2, 3, 3), new Shape(3, 3, 3, 4), new Shape(6, 1, 1, 5))
                    .map(
                        shape ->
                            DynamicTest.dynamicTest(
                                "%d branches: %s".formatted(size, shape),
                                () -> Differentiable.check(f -> unit(f, size, shape)))));
  }

  private static Differentiable unit(Fixture f, int size, Shape shape) {
    SelectUnit unit = new SelectUnit(f, size, shape, 3);
    Ops ops = f.ops();
    Differentiable differentiable =
        new Differentiable()
            .output(unit.out, unit.dOut)
            .parameters(unit.parameters().toArray(Parameter[]::new))
            .forward(() -> unit.forward(ops))
            .backward(() -> unit.backward(ops));
    for (int m = 0; m < size; m++) {
      differentiable.input(unit.xs.get(m), unit.dxs.get(m));
    }
    return differentiable;
  }

  /** Behind their convolutions: what reaches the input of all branches, and their weights. */
  @Test
  void convolutions() {
    Differentiable.check(
        f -> {
          Shape shape = new Shape(4, 4, 5, 4);
          List<Branch> branches =
              List.of(
                  f.branch("branch0", 4, 4, 4, new ConvGeometry(3, 3, 1, 1, 1, 1, 2)),
                  f.branch("branch1", 4, 4, 4, new ConvGeometry(3, 3, 1, 2, 2, 2, 2)));
          Selection selection = f.selection("select", 4, 4, 3, true, branches);
          Tensor x = f.input("x", shape);
          Tensor dx = f.output("dx", shape);
          List<Tensor> ys = List.of(f.output("y0", shape), f.output("y1", shape));
          List<Tensor> dys = List.of(f.output("dy0", shape), f.output("dy1", shape));
          Tensor out = f.output("out", shape);
          Tensor dOut = f.input("dOut", shape);
          Ops ops = f.ops();
          return new Differentiable()
              .output(out, dOut)
              .input(x, dx)
              .parameters(branches.get(0).weight(), branches.get(1).weight())
              .forward(
                  () -> {
                    ops.selectConvolutionForward(ys, selection, x);
                    ops.selectStatistics(selection, 20);
                    ops.selectSqueeze(selection, ys);
                    ops.selectFuse(selection, 20);
                    ops.selectForward(out, ys, selection);
                  })
              .backward(
                  () -> {
                    ops.selectBackwardSums(selection, dOut, ys);
                    ops.selectBackwardStatistics(selection, 20);
                    ops.selectBackward(dys, dOut, ys, selection);
                    Branch a = branches.get(0);
                    Branch b = branches.get(1);
                    ops.convolutionBackwardData(dx, dys.get(0), a.weight(), a.geometry());
                    ops.convolutionBackwardDataAccumulate(dx, dys.get(1), b.weight(), b.geometry());
                    ops.convolutionBackwardWeights(a.weight(), x, dys.get(0), a.geometry());
                    ops.convolutionBackwardWeights(b.weight(), x, dys.get(1), b.geometry());
                  });
        });
  }

  @Test
  void identities() {
    ReferenceBackend backend = new ReferenceBackend();
    Fixture f = new Fixture(backend.allocate(1 << 16), backend.ops(), 5);
    Shape shape = new Shape(4, 3, 5, 6);
    SelectUnit unit = new SelectUnit(f, 3, shape, 4);
    unit.parameters().forEach(parameter -> ref(parameter.gradient()).fill(0));
    unit.forward(f.ops());
    unit.backward(f.ops());
    Selection selection = unit.selection;
    ReferenceTensor weights = ref(selection.weights());
    ReferenceTensor dSelect = ref(selection.selectWeight().gradient());
    for (int c = 0; c < 6; c++) {
      for (int n = 0; n < 4; n++) {
        double sum = 0;
        for (int m = 0; m < 3; m++) {
          sum += weights.get(n, 0, m, c);
        }
        assertEquals(1, sum, 4 * Math.ulp(1.0), "weights sum to one");
      }
      for (int d = 0; d < 4; d++) {
        double sum = 0;
        for (int m = 0; m < 3; m++) {
          sum += dSelect.get(m * 6 + c, 0, 0, d);
        }
        assertEquals(0, sum, 1e-12, "what one branch gains the others lose");
      }
      for (int m = 0; m < 3; m++) {
        assertEquals(0, sumOfGradient(unit, m, c), 1e-11, "a norm takes the mean off");
        assertWeightGradient(unit, m, c);
      }
    }
  }

  private static double sumOfGradient(SelectUnit unit, int m, int c) {
    ReferenceTensor dx = ref(unit.dxs.get(m));
    double sum = 0;
    for (int i = c; i < dx.size(); i += dx.channels()) {
      sum += dx.get(i);
    }
    return sum;
  }

  /** The gradient of a weight is a F + b E; by definition it is the sum of dOut relu(a x + b). */
  private static void assertWeightGradient(SelectUnit unit, int m, int c) {
    ReferenceTensor statistics = ref(unit.norm(m).statistics());
    ReferenceTensor sums = ref(unit.selection.sums());
    ReferenceTensor x = ref(unit.xs.get(m));
    double a = statistics.get(0, 0, BatchNormVerbs.A, c);
    double b = statistics.get(0, 0, BatchNormVerbs.B, c);
    for (int n = 0; n < x.samples(); n++) {
      double expected = 0;
      for (int p = 0; p < x.positions(); p++) {
        int i = x.index(n, p, c);
        expected += ref(unit.dOut).get(i) * Math.max(0, a * x.get(i) + b);
      }
      double got = a * sums.get(n, 0, 2 * m + 1, c) + b * sums.get(n, 0, 2 * m, c);
      assertEquals(expected, got, 1e-12);
    }
  }
}
