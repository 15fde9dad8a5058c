package dev.selkie.network;

import static dev.selkie.runtime.Batch.batch;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.samples.TinyNetwork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network passes from thread to thread between steps; within one it is refused. */
class OneThreadAtATimeTest {
  private static final int BATCH = 2;

  private final ExecutorService other =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "other"));
  private final ExecutorService third = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    other.shutdownNow();
    third.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void anotherThreadsInputIsNotInferred(String device) throws Exception {
    try (TinyNetwork network = TinyNetwork.on(Device.named(device), batch(BATCH))) {
      network.input().write(images(network, 1));
      other.submit(() -> network.input().write(images(network, 2))).get();
      refused(network::infer, "Tiny", "infer()", "'other'", "make one for each thread");
      network.input().write(images(network, 1));
      network.infer();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void anotherThreadsResultsAreNotRead(String device) throws Exception {
    try (TinyNetwork network = TinyNetwork.on(Device.named(device), batch(BATCH))) {
      step(network);
      other.submit(() -> step(network)).get();
      refused(() -> network.loss().read(new float[BATCH]), "loss", "'other'");
      refused(() -> network.update(ops -> {}), "an update", "backward() ran in thread 'other'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void twoAtOnceAreRefused(String device) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try (TinyNetwork network = TinyNetwork.on(Device.named(device), batch(BATCH))) {
      var update =
          other.submit(
              () ->
                  network.update(
                      ops -> {
                        inside.countDown();
                        await(leave);
                      }));
      inside.await();
      refused(() -> network.input().write(images(network, 1)), "'other' is in an update");
      refused(network::forward, "forward()", "'other' is in an update");
      refused(network::close, "close()", "'other' is in an update");
      leave.countDown();
      update.get();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void madeTrainedAndEvaluatedInThreeThreads(String device) throws Exception {
    float[] expected = new float[BATCH * 10];
    try (TinyNetwork alone = TinyNetwork.on(Device.named(device), batch(BATCH))) {
      train(alone);
      evaluate(alone, expected);
    }
    float[] found = new float[BATCH * 10];
    try (TinyNetwork network = TinyNetwork.on(Device.named(device), batch(BATCH))) {
      other.submit(() -> train(network)).get();
      third.submit(() -> evaluate(network, found)).get();
      assertArrayEquals(expected, found);
      train(network);
    }
  }

  @Test
  void backwardNeedsItsForward() {
    try (TinyNetwork network = TinyNetwork.on(Device.named("reference"), batch(BATCH))) {
      step(network);
      refused(network::backward, "backward()", "forward() just before");
      network.forward();
      network.infer();
      refused(network::backward, "forward() just before");
    }
  }

  @Test
  void usedAfterClose() {
    TinyNetwork network = TinyNetwork.on(Device.cpu(), batch(BATCH));
    step(network);
    network.close();
    network.close();
    refused(network::forward, "Tiny", "after close()");
    refused(() -> network.logits().read(new float[BATCH * 10]), "after close()");
  }

  private static void train(TrainableNetwork network) {
    OptimizerState optimizer = Sgd.sgd(0.1).momentum(0.9).bind(network);
    for (int i = 1; i <= 2; i++) {
      optimizer.prepare(0.1f, i);
      step(network);
      optimizer.update();
    }
  }

  private static void evaluate(TrainableNetwork network, float[] logits) {
    network.input().write(images(network, 3));
    network.infer();
    network.logits().read(logits);
  }

  private static void step(TrainableNetwork network) {
    network.input().write(images(network, 1));
    network.labels().write(new float[BATCH]);
    network.forward();
    network.backward();
  }

  private static float[] images(TrainableNetwork network, int seed) {
    float[] values = new float[(int) network.input().shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(seed * 0.1 + i);
    }
    return values;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void refused(Runnable work, String... parts) {
    String message = assertThrows(IllegalStateException.class, work::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message + " should say: " + part);
    }
  }
}
