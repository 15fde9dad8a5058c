package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Feed;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.samples.TinyNetwork;
import dev.selkie.training.StepWork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training step as a GPU gets it from the second on, with JCuda's calls: one graph. */
class RecordedStepTest {
  private static final int BATCH = 1;

  @BeforeAll
  static void load() {
    StandIn.absence().ifPresent(why -> Assumptions.abort("the stand-in for a GPU: " + why));
  }

  /** The batch that comes and the loss that is looked at are part of it. */
  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void leavesNothingOnTheHeap(Precision precision) {
    CudaBackend backend = new CudaBackend(StandIn.driver(), precision);
    try (TrainableNetwork network = TinyNetwork.on(JournalDevice.of(backend), Batch.batch(BATCH))) {
      OptimizerState optimizer = Sgd.sgd(0.1).momentum(0.9).bind(network);
      StepWork work = new StepWork(network, optimizer, false);
      Feed feed = backend.feed(network.input(), network.labels());
      float[] images = new float[(int) network.input().shape().elements()];
      float[] labels = new float[BATCH];
      float[] losses = new float[BATCH];
      long[] steps = new long[1];
      Runnable step =
          () -> {
            feed.put(images, labels);
            feed.take();
            backend.stepOps().seed(steps[0]);
            optimizer.prepare(0.1f, ++steps[0]);
            if (!work.launched()) {
              work.verbs();
            }
            network.loss().read(losses);
          };
      step.run();
      Garbage.requireNone(step);
      assertTrue(
          losses[0] >= 0 && losses[0] < Math.log(10), "it learns the one class: " + losses[0]);
      assertEquals(1, backend.lossScale());
    }
  }
}
