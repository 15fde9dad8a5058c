package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.samples.TinyNetwork;
import dev.selkie.training.StepWork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code SELKIE_CUDA_CHECK=1}: each verb is waited for, so that what fails on the device is named.
 */
class CheckedStepTest {
  private static final int STEPS = 3;

  @BeforeAll
  static void load() {
    StandIn.absence().ifPresent(why -> Assumptions.abort("the stand-in for a GPU: " + why));
  }

  /** Looking closer changes nothing but the speed, whether or not graphs were asked for. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void breaksNoHealthyStep(boolean eager) {
    float checked = lossAfter(new CudaBackend(StandIn.driver(), Precision.FLOAT32, true), eager);
    assertEquals(lossAfter(new CudaBackend(StandIn.driver(), Precision.FLOAT32), eager), checked);
    assertTrue(checked > 0 && checked < Math.log(10), "it learns the one class: " + checked);
  }

  private static float lossAfter(CudaBackend backend, boolean eager) {
    try (TrainableNetwork network = TinyNetwork.on(JournalDevice.of(backend), Batch.batch(1))) {
      float[] loss = new float[1];
      train(network, eager);
      network.loss().read(loss);
      return loss[0];
    }
  }

  private static void train(TrainableNetwork network, boolean eager) {
    OptimizerState optimizer = Sgd.sgd(0.1).momentum(0.9).bind(network);
    StepWork work = new StepWork(network, optimizer, eager);
    for (int step = 1; step <= STEPS; step++) {
      network.backend().stepOps().seed(step);
      optimizer.prepare(0.1f, step);
      if (!work.launched()) {
        work.verbs();
      }
    }
  }

  /** Nothing can be waited for in a graph. */
  @Test
  void recordsNoGraph() {
    try (CudaBackend backend = new CudaBackend(StandIn.driver(), Precision.FLOAT32, true)) {
      assertEquals(Optional.empty(), backend.record(() -> {}));
    }
  }

  /** The product of matrices goes wrong on the device, and the wait behind it is told so. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void namesTheLayerThatFails(boolean eager) {
    Driver failing = failing(StandIn.driver());
    CudaBackend backend = new CudaBackend(failing, Precision.FLOAT32, true);
    try (TrainableNetwork network = TinyNetwork.on(JournalDevice.of(backend), Batch.batch(1))) {
      BackendException failure = assertThrows(BackendException.class, () -> train(network, eager));
      assertTrue(
          failure.getMessage().matches("denseBiasForward of logits \\(1x10\\S*\\), .*: lost"),
          failure.getMessage());
      assertInstanceOf(DeviceLostException.class, failure.getCause());
    }
  }

  /** Waiting fails once after a product of matrices. */
  private static Driver failing(Driver driver) {
    boolean[] wrong = new boolean[2];
    return (Driver)
        Proxy.newProxyInstance(
            Driver.class.getClassLoader(),
            new Class<?>[] {Driver.class},
            (proxy, method, arguments) -> {
              wrong[0] |= method.getName().equals("multiply");
              if (method.getName().equals("synchronize") && wrong[0] && !wrong[1]) {
                wrong[1] = true;
                throw new DeviceLostException("lost");
              }
              try {
                return method.invoke(driver, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
