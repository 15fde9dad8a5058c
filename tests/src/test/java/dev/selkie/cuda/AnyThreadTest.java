package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Feed;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.samples.TinyNetwork;
import dev.selkie.training.StepWork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * CUDA's context belongs to a thread; a network belongs to whoever uses it, one thread at a time.
 */
class AnyThreadTest {
  @BeforeAll
  static void load() {
    StandIn.absence().ifPresent(why -> Assumptions.abort("the stand-in for a GPU: " + why));
  }

  /** Something is done in a thread, which may be a new one. */
  private interface Threads {
    <T> T in(Callable<T> work) throws Exception;
  }

  private static final class Here implements Threads {
    @Override
    public <T> T in(Callable<T> work) throws Exception {
      return work.call();
    }
  }

  private static final class Elsewhere implements Threads {
    @Override
    public <T> T in(Callable<T> work) throws Exception {
      FutureTask<T> task = new FutureTask<>(work);
      new Thread(task).start();
      try {
        return task.get();
      } catch (ExecutionException e) {
        throw new AssertionError("in a new thread: " + e.getCause(), e.getCause());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "FLOAT16"})
  void madeHereTrainedThereClosedElsewhere(Precision precision) throws Exception {
    float[] inOne = logits(precision, new Here());
    float[] inMany = logits(precision, new Elsewhere());
    assertArrayEquals(inOne, inMany);
    assertTrue(inOne[0] > inOne[1], "it has learnt the first class: " + Arrays.toString(inOne));
  }

  /** Each step of a network's life is asked for anew. */
  private static float[] logits(Precision precision, Threads threads) throws Exception {
    TrainableNetwork network =
        threads.in(
            () ->
                TinyNetwork.on(
                    JournalDevice.of(new CudaBackend(StandIn.driver(), precision)),
                    Batch.batch(1)));
    OptimizerState optimizer = threads.in(() -> Sgd.sgd(0.1).momentum(0.9).bind(network));
    Feed feed = threads.in(() -> network.backend().feed(network.input(), network.labels()));
    StepWork work = new StepWork(network, optimizer, false);
    float[] image = new float[(int) network.input().shape().elements()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) Math.sin(i);
    }
    for (int step = 1; step <= 3; step++) {
      int number = step;
      threads.in(() -> run(() -> feed.put(image, new float[1])));
      threads.in(
          () ->
              run(
                  () -> {
                    feed.take();
                    optimizer.prepare(0.1f, number);
                    if (!work.launched()) {
                      work.verbs();
                    }
                  }));
    }
    float[] values = new float[10];
    threads.in(
        () ->
            run(
                () -> {
                  network.fold();
                  network.infer();
                }));
    threads.in(() -> run(() -> network.logits().read(values)));
    threads.in(() -> run(network::close));
    return values;
  }

  private static Void run(Runnable work) {
    work.run();
    return null;
  }
}
