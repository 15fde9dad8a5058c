package dev.selkie.network;

import static dev.selkie.runtime.Batch.batch;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.samples.TinyNetwork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever changes parameters or statistics, inference is that of the network as it is now. */
class FoldedTest {
  private static final int BATCH = 2;

  /** Changes a network. */
  private interface Change {
    void to(TrainableNetwork network, OptimizerState optimizer);
  }

  @TestFactory
  Stream<DynamicTest> inferenceIsOfThePresentParameters() {
    return Stream.of(
        changed("initialize", (n, o) -> n.initialize(7)),
        changed("a parameter", (n, o) -> scale(n.parameters().get(0).value())),
        changed("a statistic", (n, o) -> scale(n.statistics().get(1).value())),
        changed("all of a span", (n, o) -> scale(n.spans().get(0).values())),
        changed(
            "a training pass, by its statistics",
            (n, o) -> {
              n.labels().write(new float[BATCH]);
              n.forward();
            }),
        changed(
            "an optimiser that comes after inference",
            (n, o) -> {
              n.labels().write(new float[BATCH]);
              n.forward();
              n.backward();
              n.infer();
              o.update();
            }),
        changed("a verb", (n, o) -> n.update(ops -> ops.zero(n.parameters().get(0).value()))),
        changed(
            "a borrowed verb", (n, o) -> n.backend().ops().zero(n.parameters().get(0).value())));
  }

  private static DynamicTest changed(String name, Change change) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          for (String device : new String[] {"reference", "cpu"}) {
            try (TinyNetwork network = TinyNetwork.on(Device.named(device), batch(BATCH))) {
              OptimizerState optimizer = Sgd.sgd(0.1).bind(network);
              optimizer.prepare(0.1f, 1);
              float[] before = infer(network);
              change.to(network, optimizer);
              float[] after = infer(network);
              network.fold();
              assertArrayEquals(infer(network), after, device);
              assertFalse(Arrays.equals(before, after), "nothing changed on " + device);
            }
          }
        });
  }

  @Test
  void foldsOnlyWhatChanged() {
    AtomicInteger folds = new AtomicInteger();
    try (TinyNetwork network = TinyNetwork.on(Device.cpu(), batch(BATCH))) {
      network.intercept(ops -> counting(ops, folds));
      infer(network);
      int once = folds.get();
      infer(network);
      infer(network);
      assertEquals(once, folds.get());
      scale(network.parameters().get(0).value());
      infer(network);
      assertEquals(2 * once, folds.get());
    }
  }

  private static Ops counting(Ops ops, AtomicInteger folds) {
    return (Ops)
        Proxy.newProxyInstance(
            Ops.class.getClassLoader(),
            new Class<?>[] {Ops.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("fold")) {
                folds.incrementAndGet();
              }
              try {
                return method.invoke(ops, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void scale(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().elements()];
    tensor.read(values);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 1.5f;
    }
    tensor.write(values);
  }

  private static float[] infer(TrainableNetwork network) {
    float[] images = new float[(int) network.input().shape().elements()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) Math.sin(i);
    }
    network.input().write(images);
    network.infer();
    float[] logits = new float[BATCH * network.classes()];
    network.logits().read(logits);
    return logits;
  }
}
