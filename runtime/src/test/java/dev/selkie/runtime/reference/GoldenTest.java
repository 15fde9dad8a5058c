package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.annotation.Gate;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.EpilogueUnit;
import dev.selkie.runtime.conformance.Fixture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A squeeze-and-excitation unit against vectors that central differences confirmed elsewhere. */
class GoldenTest {
  private static final int N = 2;
  private static final int C = 4;
  private static final Shape SHAPE = new Shape(N, 2, 3, C);

  private final ReferenceBackend backend = new ReferenceBackend();
  private final Fixture f = new Fixture(backend.allocate(1 << 16), backend.ops(), 1);
  private final EpilogueUnit unit =
      new EpilogueUnit(Gate.SIGMOID, EpilogueUnit.Residual.PLAIN, true);
  private final Epilogue epilogue = unit.epilogue(f, SHAPE, true);
  private final BatchNorm norm = epilogue.norm();
  private final Excitation excitation = epilogue.excitation();
  private final Tensor x = f.input("x", SHAPE);
  private final Tensor r = f.input("r", SHAPE);
  private final Tensor dy = f.input("dy", SHAPE);
  private final Tensor y = f.output("y", SHAPE);
  private final Tensor dx = f.output("dx", SHAPE);
  private final Tensor dr = f.output("dr", SHAPE);
  private final Golden golden = new Golden("golden-se.properties", 1);

  @BeforeEach
  void run() {
    Golden.set(x, i -> 1.5 * Math.sin(0.7 * i + 0.1) + 0.3 * Math.cos(1.9 * i));
    Golden.set(r, i -> Math.sin(1.3 * i + 0.5));
    Golden.set(dy, i -> Math.cos(0.37 * i));
    Golden.set(norm.scale().value(), i -> 1 + 0.25 * Math.sin(i + 1));
    Golden.set(norm.shift().value(), i -> 0.2 * Math.cos(2 * i));
    Golden.set(excitation.weight1().value(), i -> 0.8 * Math.sin(0.9 * i + 0.2));
    Golden.set(excitation.bias1().value(), i -> 0.1 * (i + 1));
    Golden.set(excitation.weight2().value(), i -> 0.7 * Math.cos(0.6 * i + 0.4));
    Golden.set(excitation.bias2().value(), i -> 0.05 * i - 0.1);
    Stream.of(norm.scale(), norm.shift(), excitation.weight1(), excitation.bias1())
        .forEach(p -> ref(p.gradient()).fill(0));
    Stream.of(excitation.weight2(), excitation.bias2()).forEach(p -> ref(p.gradient()).fill(0));
    Ops ops = f.ops();
    unit.forward(ops, epilogue, y, x, r);
    unit.backward(ops, epilogue, dx, dr, dy, y, x, r);
  }

  @Test
  void statistics() {
    for (int c = 0; c < C; c++) {
      double inverse = ref(norm.statistics()).get(0, 0, BatchNormVerbs.INVERSE, c);
      golden.assertNear("mu", c, ref(norm.statistics()).get(0, 0, BatchNormVerbs.BATCH_MEAN, c));
      golden.assertNear("var_biased", c, 1 / (inverse * inverse) - 1e-5);
    }
  }

  @Test
  void excitation() {
    golden.assertNear("z", excitation.squeeze());
    golden.assertNear("hidden", excitation.hidden());
    golden.assertNear("s", excitation.gate());
  }

  @Test
  void output() {
    golden.assertNear("y", y);
    double loss = 0;
    for (int i = 0; i < ref(y).size(); i++) {
      loss += ref(y).get(i) * ref(dy).get(i);
    }
    golden.assertNear("loss", 0, loss);
  }

  @Test
  void gradients() {
    golden.assertNear("dx", dx);
    golden.assertNear("dr", dr);
    golden.assertNear("dgamma", norm.scale().gradient());
    golden.assertNear("dbeta", norm.shift().gradient());
    golden.assertNear("dW1", excitation.weight1().gradient());
    golden.assertNear("db1", excitation.bias1().gradient());
    golden.assertNear("dW2", excitation.weight2().gradient());
    golden.assertNear("db2", excitation.bias2().gradient());
  }
}
