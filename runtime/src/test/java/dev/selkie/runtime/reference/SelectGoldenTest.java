package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.conformance.Fixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A selective kernel against vectors that central differences confirmed elsewhere. */
class SelectGoldenTest {
  private static final int M = 2;
  private static final Shape SHAPE = new Shape(3, 2, 2, 4);
  private static final int SIZE = 3 * 4 * 4;

  private final ReferenceBackend backend = new ReferenceBackend();
  private final Fixture f = new Fixture(backend.allocate(1 << 16), backend.ops(), 1);
  private final SelectUnit unit = new SelectUnit(f, M, SHAPE, 3);
  private final Golden golden = new Golden("golden-sk.properties", 0.01);

  @BeforeEach
  void run() {
    for (int m = 0; m < M; m++) {
      int x = m * SIZE;
      int c = m * SHAPE.channels();
      BatchNorm norm = unit.norm(m);
      Golden.set(
          unit.xs.get(m),
          i -> 1.2 * Math.sin(0.53 * (x + i) + 0.2) + 0.4 * Math.cos(1.7 * (x + i)));
      Golden.set(norm.scale().value(), i -> 1 + 0.2 * Math.sin(c + i + 0.5));
      Golden.set(norm.shift().value(), i -> 0.3 * Math.cos(1.1 * (c + i)));
    }
    Golden.set(unit.selection.squeezeWeight().value(), i -> 0.9 * Math.sin(0.8 * i + 0.3));
    Golden.set(unit.selection.scale().value(), i -> 1 + 0.1 * i);
    Golden.set(unit.selection.shift().value(), i -> 0.2 + 0.1 * i);
    Golden.set(unit.selection.selectWeight().value(), i -> 0.8 * Math.cos(0.45 * i + 0.1));
    Golden.set(unit.dOut, i -> Math.cos(0.41 * i));
    for (Parameter parameter : unit.parameters()) {
      ref(parameter.gradient()).fill(0);
    }
    unit.forward(f.ops());
    unit.backward(f.ops());
  }

  @Test
  void fuseAndSelect() {
    golden.assertNear("s", unit.selection.squeeze());
    for (int m = 0; m < M; m++) {
      for (int i = 0; i < 12; i++) {
        double weight = ref(unit.selection.weights()).get(i / 4, 0, m, i % 4);
        golden.assertNear("a", 12 * m + i, weight);
      }
    }
  }

  @Test
  void output() {
    golden.assertNear("V", unit.out);
    double loss = 0;
    for (int i = 0; i < SIZE; i++) {
      loss += ref(unit.out).get(i) * ref(unit.dOut).get(i);
    }
    golden.assertNear("loss", 0, loss);
  }

  @Test
  void gradients() {
    for (int m = 0; m < M; m++) {
      golden.assertNear("dx", m * SIZE, unit.dxs.get(m));
      golden.assertNear("dgamma", 4 * m, unit.norm(m).scale().gradient());
      golden.assertNear("dbeta", 4 * m, unit.norm(m).shift().gradient());
    }
    golden.assertNear("dW", unit.selection.squeezeWeight().gradient());
    golden.assertNear("dgamma_fc", unit.selection.scale().gradient());
    golden.assertNear("dbeta_fc", unit.selection.shift().gradient());
    golden.assertNear("dA", unit.selection.selectWeight().gradient());
  }
}
