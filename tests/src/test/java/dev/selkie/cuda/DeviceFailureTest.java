package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.OutOfDeviceMemoryException;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.samples.SeResNet50Network;
import dev.selkie.samples.TinyNetwork;
import dev.selkie.training.Trainer;
import dev.selkie.training.TrainingException;
import dev.selkie.training.checkpoint.Checkpoint;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.Shapes;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told when the device fails, and what is left to go on from. */
class DeviceFailureTest {
  private static final long MEMORY = 4L << 30;

  @BeforeEach
  void load() {
    HostTwin.absence().ifPresent(why -> Assumptions.abort("cuda kernels on the host: " + why));
    HostTwin.journal(true);
  }

  @AfterEach
  void close() {
    HostTwin.absence().ifPresentOrElse(why -> {}, () -> HostTwin.journal(false));
  }

  private static TrainableNetwork open(JournalDriver driver, Precision precision, int batch) {
    CudaBackend backend = new CudaBackend(driver, precision);
    return SeResNet50Network.on(JournalDevice.of(backend), Batch.batch(batch));
  }

  /** The batch that is named fits, and one image more does not. */
  @Test
  void outOfMemoryNamesTheLargestBuffersAndABatchThatFits() {
    for (Precision precision : new Precision[] {Precision.FLOAT32, Precision.BFLOAT16}) {
      String message =
          assertThrows(
                  OutOfDeviceMemoryException.class,
                  () -> open(new JournalDriver(MEMORY), precision, 256))
              .getMessage();
      // Of 3x224x224, the stem's output is the largest: 64 channels of 112x112, at 2 or 4 bytes.
      long stem = 256L * 64 * 112 * 112 * precision.activations().bits() / 8;
      assertTrue(message.contains("stem (256x64x112x112, %,d bytes)".formatted(stem)), message);
      Matcher fit = Pattern.compile("a batch of (\\d+) would fit").matcher(message);
      assertTrue(fit.find(), message);
      int images = Integer.parseInt(fit.group(1));
      open(new JournalDriver(MEMORY), precision, images).close();
      assertThrows(
          OutOfDeviceMemoryException.class,
          () -> open(new JournalDriver(MEMORY), precision, images + 1));
    }
  }

  @Test
  void whereNoImageFitsThatIsSaid() {
    String message =
        assertThrows(
                OutOfDeviceMemoryException.class,
                () -> open(new JournalDriver(1 << 20), Precision.FLOAT32, 1))
            .getMessage();
    assertTrue(message.endsWith("not even one image fits"), message);
  }

  @Test
  void aFailedCallNamesVerbLayerAndShapes() {
    JournalDriver driver = new JournalDriver();
    try (TrainableNetwork network = open(driver, Precision.BFLOAT16, 8)) {
      driver.failAt("FORWARD", 3, new BackendException("cuDNN answers NOT_SUPPORTED"));
      assertEquals(
          "convolutionForward of stage1.0.spatial.conv (8x64x56x56), stage1.0.reduce (8x64x56x56), stage1.0.spatial.weight (64x64x3x3), d stage1.0.spatial.weight (64x64x3x3): cuDNN answers NOT_SUPPORTED",
          assertThrows(BackendException.class, network::forward).getMessage());
    }
  }

  /** The device is lost while training goes on: the checkpoint before is whole, and named. */
  @Test
  void aLostDeviceLeavesItsLastCheckpoint(@TempDir Path folder) {
    JournalDriver driver = new JournalDriver();
    CudaBackend backend = new CudaBackend(driver, Precision.FLOAT32);
    DataSet data = Shapes.draw(new Shape(1, 32, 32, 3), 1);
    TrainableNetwork network = TinyNetwork.on(JournalDevice.of(backend), Batch.batch(500));
    Trainer trainer = Trainer.of(network).data(data).checkpoints(folder);
    trainer.epochs(1).run();
    driver.failAt("read", 1, new DeviceLostException("cuStreamSynchronize: CUDA answers LOST"));
    String message =
        assertThrows(TrainingException.class, () -> trainer.resume(true).epochs(2).run())
            .getMessage();
    assertEquals(
        "epoch 2: cuStreamSynchronize: CUDA answers LOST; the last checkpoint is whole: %s (--resume goes on from it)"
            .formatted(folder.resolve("epoch-1.safetensors")),
        message);
    driver.failAt("synchronize", 1, new DeviceLostException("CUDA answers LOST"));
    network.close(); // hides nothing by an error of its own
    JournalDriver other = new JournalDriver();
    try (TrainableNetwork again =
        TinyNetwork.on(
            JournalDevice.of(new CudaBackend(other, Precision.FLOAT32)), Batch.batch(500))) {
      assertEquals(1, Checkpoint.latest(folder).orElseThrow().epoch());
      Trainer.of(again).data(data).checkpoints(folder).resume(true).epochs(1).run();
    }
  }
}
