package dev.selkie.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.data.Augmentation;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.optimizer.AdamW;
import dev.selkie.training.optimizer.Schedule;
import dev.selkie.training.optimizer.Sgd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  @TempDir Path folder;

  private static Trainer trainer(TrainableNetwork network, long seed) {
    return Trainer.of(network)
        .data(TestData.colours(70, 20))
        .optimizer(AdamW.adamW(0.01))
        .schedule(Schedule.cosine().warmUp(0.5))
        .augmentation(new Augmentation(1, true))
        .seed(seed);
  }

  private static float[] weights(TrainableNetwork network) {
    List<Float> all = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      for (float value : TestData.values(parameter.value())) {
        all.add(value);
      }
    }
    float[] values = new float[all.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.get(i);
    }
    return values;
  }

  private static float[] trained(long seed) {
    try (TrainableNetwork network = TestData.network(16)) {
      trainer(network, seed).epochs(2).run();
      return weights(network);
    }
  }

  @Test
  void sameSeedGivesSameWeightsBitForBit() {
    assertArrayEquals(trained(1), trained(1));
    assertFalse(Arrays.equals(trained(1), trained(2)), "another seed takes another course");
  }

  @Test
  void resumingEqualsNeverHavingStopped() {
    try (TrainableNetwork first = TestData.network(16);
        TrainableNetwork second = TestData.network(16);
        TrainableNetwork whole = TestData.network(16)) {
      DataSet data = TestData.colours(70, 20);
      Schedule schedule = Schedule.constant();
      trainer(first, 3).schedule(schedule).checkpoints(folder).epochs(1).run();
      TrainingReport rest =
          trainer(second, 3).schedule(schedule).checkpoints(folder).resume(true).epochs(3).run();
      trainer(whole, 3).schedule(schedule).epochs(3).run();
      assertEquals(List.of(2, 3), rest.epochs().stream().map(EpochReport::epoch).toList());
      assertArrayEquals(weights(whole), weights(second));
      assertEquals(
          new Evaluator(whole, data.test(), data.normalization()).accuracy(), rest.testAccuracy());
    }
  }

  @Test
  void lossFalls() {
    try (TrainableNetwork network = TestData.network(50)) {
      TrainingReport report =
          Trainer.of(network)
              .data(TestData.colours(500, 100))
              .optimizer(Sgd.sgd(0.2).momentum(0.9))
              .epochs(6)
              .run();
      double first = report.epochs().get(0).loss();
      double last = report.epochs().get(5).loss();
      assertTrue(last < first, first + " then " + last);
      assertTrue(report.testAccuracy() > 0.9, "chance is 0.33, found " + report.testAccuracy());
    }
  }

  @Test
  void imagesOfAnUnfilledBatchWait() {
    List<Integer> steps = new ArrayList<>();
    TrainingListener counter =
        new TrainingListener() {
          @Override
          public void stepDone(int step, int images, double loss) {
            steps.add(step);
          }
        };
    try (TrainableNetwork network = TestData.network(16)) {
      trainer(network, 1).listener(counter).run();
    }
    assertEquals(List.of(1, 2, 3, 4), steps);
  }

  @Test
  void nanStopsWithStepAndParameter() {
    try (TrainableNetwork network = TestData.network(16)) {
      Parameter bias = network.parameters().get(4);
      Trainer trainer =
          trainer(network, 1)
              .listener(
                  new TrainingListener() {
                    @Override
                    public void stepDone(int step, int images, double loss) {
                      if (step == 2) {
                        float[] values = TestData.values(bias.value());
                        values[5] = Float.NaN;
                        bias.value().write(values);
                      }
                    }
                  });
      TrainingException e = assertThrows(TrainingException.class, trainer::run);
      assertTrue(e.getMessage().startsWith("loss is NaN at step 3 of epoch 1"), e.getMessage());
      assertTrue(e.getMessage().contains("parameter logits.bias"), e.getMessage());
    }
  }

  @Test
  void overflowIsFoundInItsLayer() {
    try (TrainableNetwork network = TestData.network(16)) {
      Parameter scale = network.parameters().get(1);
      assertEquals("stem.norm.weight", scale.name());
      float[] values = TestData.values(scale.value());
      Arrays.fill(values, Float.MAX_VALUE);
      scale.value().write(values);
      TrainingException e = assertThrows(TrainingException.class, trainer(network, 1)::run);
      assertTrue(e.getMessage().contains("step 1 of epoch 1"), e.getMessage());
      assertTrue(e.getMessage().contains("first in layer stem"), e.getMessage());
      assertTrue(e.getMessage().contains("(batchNorm"), e.getMessage());
    }
  }

  @Test
  void refusesWhatCannotBeTrained() {
    try (TrainableNetwork network = TestData.network(64)) {
      Trainer none = Trainer.of(network);
      assertThrows(IllegalArgumentException.class, none::run);
      Trainer few = trainer(network, 1).data(TestData.colours(63, 10));
      TrainingException e = assertThrows(TrainingException.class, few::run);
      assertTrue(e.getMessage().contains("63 training images, fewer than a batch of 64"));
    }
  }
}
