package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.OutOfDeviceMemoryException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver makes of memory, streams and graphs; its products are NvidiaProductsTest's. */
class NvidiaDriverTest {
  private NvidiaDriver driver;
  private final List<Long> blocks = new ArrayList<>();

  @BeforeAll
  static void load() {
    StandIn.absence().ifPresent(why -> Assumptions.abort("the stand-in for a GPU: " + why));
  }

  @BeforeEach
  void open() {
    driver = StandIn.driver();
  }

  @AfterEach
  void close() {
    StandIn.early(false);
    blocks.forEach(driver::free);
    driver.close();
  }

  private long allocate(long floats) {
    blocks.add(driver.allocate(Float.BYTES * floats));
    return blocks.get(blocks.size() - 1);
  }

  private float[] read(long address, int count) {
    float[] values = new float[count];
    driver.read(address, values, 0, count);
    return values;
  }

  @Test
  void itSaysWhatItIs() {
    assertEquals(
        "stand-in for a GPU, compute capability 9.0, 1,024 MB; cuDNN 91100, cuBLAS 130001",
        driver.describe());
  }

  /** Newer GPUs compile the kernels' PTX for themselves, older ones cannot. */
  @Test
  void kernelsForNewerGpusOnlyAreRefusedInOneSentence() {
    driver.requireKernels();
    NvidiaDriver.requireKernels("RTX 5090", 120, 90);
    NvidiaDriver.requireKernels("H100", 90, 90);
    BackendException refused =
        assertThrows(
            BackendException.class, () -> NvidiaDriver.requireKernels("NVIDIA A100", 80, 90));
    assertEquals(
        "NVIDIA A100 has compute capability 8.0, but Selkie's kernels were built for 9.0 and newer; build them with SELKIE_CUDA_ARCHITECTURES=80, or name others in SELKIE_KERNELS",
        refused.getMessage());
  }

  /** Pinned memory has 16 MB: the second piece begins in the middle of what is written. */
  @Test
  void moreThanPinnedMemoryHoldsTravelsInPieces() {
    int count = (16 << 20) / Float.BYTES + 1000;
    float[] values = new float[count + 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    long address = allocate(count);
    driver.write(address, values, 1, count);
    float[] back = new float[count + 2];
    driver.read(address, back, 1, count);
    values[0] = 0;
    values[count + 1] = 0;
    assertArrayEquals(values, back);
  }

  @Test
  void memoryStartsAsZeroIsCopiedAndZeroedAgain() {
    long from = allocate(3);
    long to = allocate(3);
    assertArrayEquals(new float[3], read(to, 3));
    driver.write(from, new float[] {1, 2, 3}, 0, 3);
    driver.copy(to, from, 2 * Float.BYTES);
    assertArrayEquals(new float[] {1, 2, 0}, read(to, 3));
    driver.zero(to, Float.BYTES);
    assertArrayEquals(new float[] {0, 2, 0}, read(to, 3));
  }

  @Test
  void whatDoesNotFitIsSaidWithNumbers() {
    Driver.Room room = driver.room();
    assertEquals(1 << 30, room.total());
    assertEquals(driver.heldBytes(), room.total() - room.free());
    OutOfDeviceMemoryException full =
        assertThrows(OutOfDeviceMemoryException.class, () -> driver.allocate(2L << 30));
    assertTrue(full.getMessage().contains("2,147,483,648"), full.getMessage());
    assertEquals(room, driver.room());
  }

  @Test
  void whatIsFreedTwiceIsAnErrorWithItsCall() {
    long address = driver.allocate(64);
    driver.free(address);
    BackendException twice = assertThrows(BackendException.class, () -> driver.free(address));
    assertEquals("cuMemFree: CUDA answers CUDA_ERROR_INVALID_VALUE", twice.getMessage());
  }

  // ---- graphs -----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aGraphRunsWhenItIsLaunchedAndSeesWhatIsThereThen(boolean early) {
    StandIn.early(early);
    long from = allocate(1);
    long to = allocate(1);
    try (Driver.Graph graph = driver.capture(() -> driver.copy(to, from, Float.BYTES))) {
      driver.write(from, new float[] {7}, 0, 1);
      assertEquals(0, read(to, 1)[0], "recorded, not run");
      graph.launch();
      assertEquals(7, read(to, 1)[0]);
      driver.write(from, new float[] {8}, 0, 1);
      graph.launch();
      assertEquals(8, read(to, 1)[0]);
    }
  }

  /** The stream is as it was, and the next graph can be recorded. */
  @Test
  void whatFailsWhileAGraphIsRecordedIsToldAndNothingElseIsLost() {
    long from = allocate(1);
    long to = allocate(1);
    IllegalStateException why = new IllegalStateException("on purpose");
    assertEquals(
        why,
        assertThrows(
            IllegalStateException.class,
            () ->
                driver.capture(
                    () -> {
                      driver.copy(to, from, Float.BYTES);
                      throw why;
                    })));
    driver.write(from, new float[] {5}, 0, 1);
    assertEquals(0, read(to, 1)[0]);
    aGraphRunsWhenItIsLaunchedAndSeesWhatIsThereThen(false);
  }

  @Test
  void waitingInAGraphIsRefused() {
    BackendException refused =
        assertThrows(BackendException.class, () -> driver.capture(driver::synchronize));
    assertEquals(
        "cuStreamSynchronize: CUDA answers CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED; while a step is recorded into a graph, nothing may wait, allocate or use another stream, and something did: a verb of ours or a library. Train with --eager, which records nothing",
        refused.getMessage());
    driver.synchronize();
  }

  // ---- uploads ----------------------------------------------------------------------------------

  /**
   * The stream reads batch after batch while the next is written: each arrives whole, whether the
   * copies run at once or as late as they may.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBatchIsNotOverwrittenBeforeItHasBeenUsed(boolean early) {
    StandIn.early(early);
    int batches = 5;
    long seen = allocate(batches);
    try (Driver.Upload upload = driver.upload(Float.BYTES)) {
      for (int i = 0; i < batches; i++) {
        FloatBuffer host = upload.host();
        host.put(0, i + 1);
        long device = upload.send(Float.BYTES);
        upload.arrive();
        driver.copy(seen + (long) Float.BYTES * i, device, Float.BYTES);
        upload.received();
      }
      assertArrayEquals(new float[] {1, 2, 3, 4, 5}, read(seen, batches));
    }
  }
}
