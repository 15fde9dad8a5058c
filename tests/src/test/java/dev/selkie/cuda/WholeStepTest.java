package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Feed;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.samples.SeResNeXt50Network;
import dev.selkie.samples.SeResNet50Network;
import dev.selkie.training.StepWork;
import dev.selkie.training.optimizer.OptimizerState;
import dev.selkie.training.optimizer.Sgd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A whole training step of SE-ResNet-50, as the generated class asks for it and the backend hands
 * it on, on a device that only writes down: order of calls, addresses, workspace, garbage.
 */
class WholeStepTest {
  private static final int BATCH = 8;

  /** What lies between two passes over an activation is one launch, and so is each pass. */
  private static final Map<String, List<String>> LAUNCHES =
      Map.ofEntries(
          Map.entry("convolutionForward", List.of("FORWARD")),
          Map.entry("convolutionBackwardData", List.of("BACKWARD_DATA")),
          Map.entry("convolutionBackwardDataAccumulate", List.of("BACKWARD_DATA")),
          Map.entry("convolutionBackwardWeights", List.of("BACKWARD_WEIGHTS")),
          Map.entry("batchNormMoments", List.of("batchnorm_moments")),
          Map.entry("batchNormStatistics", List.of("batchnorm_statistics")),
          Map.entry("batchNormForward", List.of("batchnorm_forward")),
          Map.entry("batchNormAddForward", List.of("batchnorm_forward")),
          Map.entry("batchNormBackwardSums", List.of("batchnorm_backward_sums")),
          Map.entry("batchNormAddBackwardSums", List.of("batchnorm_backward_sums")),
          Map.entry("batchNormBackwardStatistics", List.of("batchnorm_backward_statistics")),
          Map.entry("batchNormBackward", List.of("batchnorm_backward")),
          Map.entry("batchNormAddBackward", List.of("batchnorm_backward")),
          Map.entry("maxPoolForward", List.of("max_pool_forward")),
          Map.entry("maxPoolBackward", List.of("max_pool_backward")),
          Map.entry("globalAveragePoolForward", List.of("global_average_pool_forward")),
          Map.entry("globalAveragePoolBackward", List.of("global_average_pool_backward")),
          Map.entry("denseBiasForward", List.of("MULTIPLY", "bias_inference")),
          Map.entry("denseBackwardData", List.of("MULTIPLY")),
          Map.entry("denseBackwardWeights", List.of("MULTIPLY")),
          Map.entry("biasBackward", List.of("bias_backward_rows", "bias_backward")),
          Map.entry("softmaxCrossEntropy", List.of("softmax_cross_entropy")),
          Map.entry("zero", List.of("zero")));

  private JournalDriver driver;
  private CudaBackend backend;
  private TrainableNetwork network;

  @BeforeEach
  void load() {
    HostTwin.absence().ifPresent(why -> Assumptions.abort("cuda kernels on the host: " + why));
    HostTwin.journal(true);
  }

  @AfterEach
  void close() {
    if (network != null) {
      network.close();
      HostTwin.journal(false);
    }
  }

  private void open(Precision precision) {
    open(precision, SeResNet50Network::on);
  }

  private void open(Precision precision, BiFunction<Device, Batch, TrainableNetwork> on) {
    driver = new JournalDriver();
    backend = new CudaBackend(driver, precision);
    network = on.apply(JournalDevice.of(backend), Batch.batch(BATCH));
  }

  /** Forward and backward, with what each verb asked for. */
  private Journal step() {
    Journal journal = new Journal();
    HostTwin.entries();
    network.intercept(ops -> journal.over(backend.verbs()));
    network.forward();
    network.backward();
    network.intercept(ops -> backend.verbs());
    return journal;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void everyVerbIsItsLaunch(Precision precision) {
    open(precision);
    for (Journal.Verb verb : step().verbs()) {
      boolean image = verb.operands().containsKey("input") && verb.name().startsWith("conv");
      boolean converts = precision.activations().bits() == 16 || image;
      List<String> expected = new ArrayList<>(LAUNCHES.get(verb.name()));
      if (verb.name().equals("convolutionBackwardWeights") && converts) {
        expected.add("resize_channels"); // adds to the float32 gradient
      }
      if (image) {
        expected.add(0, "resize_channels"); // channels of zeros beside the image's
      }
      if (image && verb.name().equals("convolutionForward")) {
        expected.add(0, "resize_channels"); // and beside the weights'
      }
      assertEquals(expected, verb.launches(), () -> verb.name() + " " + verb.operands().keySet());
    }
  }

  /** 53 convolutions, 53 norms of which 4 are in shortcuts, 16 units (He et al., table 1). */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aStepHasThePassesOfItsLayers(Precision precision) {
    open(precision);
    Journal journal = step();
    assertEquals(53, count(journal, "FORWARD"));
    assertEquals(52, count(journal, "BACKWARD_DATA"), "the image has no gradient");
    assertEquals(53, count(journal, "BACKWARD_WEIGHTS"));
    assertEquals(53, count(journal, "batchnorm_moments"));
    assertEquals(49, count(journal, "batchnorm_forward"), "a shortcut's norm joins its unit's");
    assertEquals(49, count(journal, "batchnorm_backward_sums"));
    assertEquals(49, count(journal, "batchnorm_backward"));
    assertEquals(3, count(journal, "MULTIPLY"));
  }

  private static long count(Journal journal, String launch) {
    return journal.verbs().stream()
        .flatMap(verb -> verb.launches().stream())
        .filter(launch::equals)
        .count();
  }

  /** Backward takes the layers in the opposite order. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void backwardIsForwardTurnedRound(Precision precision) {
    open(precision);
    Journal journal = step();
    List<String> forward = weights(journal.named("convolutionForward"));
    List<String> backward = new ArrayList<>(weights(journal.named("convolutionBackwardWeights")));
    Collections.reverse(backward);
    assertEquals(53, Set.copyOf(forward).size());
    assertEquals(forward, backward);
  }

  private static List<String> weights(List<Journal.Verb> verbs) {
    return verbs.stream()
        .map(
            verb ->
                verb.operands().keySet().stream()
                    .filter(name -> name.endsWith(".weight") && !name.startsWith("d"))
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  /**
   * Addresses that are handed on are those of the verb's operands, each at its place in the plan,
   * or of the backend's own memory: scratch, state, weights' copies.
   */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aVerbTouchesItsOperandsAlone(Precision precision) {
    open(precision);
    long arena = driver.block(DeviceTensor.address(network.input()));
    Layout layout = layout(precision);
    assertEquals(layout.bytes(BATCH, precision.activations()), driver.bytes(arena));
    for (Journal.Verb verb : step().verbs()) {
      Set<Long> places =
          verb.operands().values().stream()
              .map(tensor -> tensor.address())
              .collect(Collectors.toSet());
      for (Journal.Entry entry : verb.entries()) {
        for (long address : entry.addresses()) {
          assertTrue(driver.block(address) != 0, () -> verb + ": " + entry + " is nobody's");
          assertTrue(
              driver.block(address) != arena || places.contains(address),
              () -> "%s of %s touches %x".formatted(verb.name(), verb.operands(), address));
        }
      }
      assertTrue(
          verb.entries().stream()
                  .anyMatch(entry -> entry.addresses().contains(verb.output().address()))
              || verb.name().matches(".*(Moments|Sums|Statistics|Weights)|biasBackward"),
          () -> "%s does not write %s".formatted(verb.name(), verb.output()));
    }
  }

  private Layout layout(Precision precision) {
    var summary = network.summary();
    long planned = summary.bytesPlanned();
    return new Layout(0, 0, summary.bytesFixed(), summary.bytesPerSample() - planned, planned);
  }

  /** A library's workspace is scratch, with room for all that it asked for. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void workspaceIsScratch(Precision precision) {
    open(precision);
    Set<Long> blocks = new HashSet<>();
    for (Journal.Verb verb : step().verbs()) {
      for (Journal.Entry entry : verb.entries()) {
        if (entry.name().startsWith("FORWARD") || entry.name().startsWith("BACKWARD")) {
          long workspace = entry.addresses().get(3);
          long block = driver.block(workspace);
          assertEquals(block, workspace);
          assertTrue(driver.bytes(block) >= JournalDriver.WORKSPACE);
          blocks.add(block);
        }
      }
    }
    assertEquals(
        1, blocks.stream().filter(b -> driver.block(b) == b).count(), "one block serves all");
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aSecondStepIsTheSameAndAllocatesNothing(Precision precision) {
    open(precision);
    step();
    int allocations = driver.allocations();
    List<List<Journal.Entry>> second = step().verbs().stream().map(Journal.Verb::entries).toList();
    List<List<Journal.Entry>> third = step().verbs().stream().map(Journal.Verb::entries).toList();
    assertEquals(second, third);
    assertEquals(allocations, driver.allocations());
  }

  /** Verb by verb, with a learning rate and an update. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aStepLeavesNothingOnTheHeap(Precision precision) {
    open(precision);
    requireNoGarbage();
  }

  /**
   * Its grouped convolutions are not the library's: they have kernels, and checks, of their own.
   */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void norDoesOneOfGroupedConvolutions(Precision precision) {
    open(precision, SeResNeXt50Network::on);
    assertEquals(16, count(step(), "grouped_convolution_forward"), "one for each unit");
    requireNoGarbage();
  }

  private void requireNoGarbage() {
    network.intercept(ops -> backend.verbs());
    List<ParameterSpan> spans = network.spans();
    ParameterSpan weights = spans.get(0);
    Garbage.requireNone(
        () -> {
          backend.verbs().seed(1);
          backend.verbs().learningRate(0.1f, 1);
          network.forward();
          network.backward();
          backend.verbs().beginUpdate(spans);
          backend.verbs().sgd(weights, weights.gradients(), 0.9f, 1e-4f, true);
          backend.verbs().endUpdate();
          HostTwin.journal(true); // begins anew
        });
  }

  /** Whatever the network, a step is one launch, and what differs from step to step before it. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aRecordedStepIsOneLaunch(Precision precision) {
    open(precision);
    OptimizerState optimizer = Sgd.sgd(0.1).momentum(0.9).bind(network);
    StepWork work = new StepWork(network, optimizer, false);
    Feed feed = backend.feed(network.input(), network.labels());
    float[] images = new float[(int) network.input().shape().elements()];
    float[] labels = new float[BATCH];
    for (int step = 1; step <= 3; step++) {
      HostTwin.entries();
      feed.put(images, labels);
      feed.take();
      backend.ops().seed(step);
      optimizer.prepare(0.1f, step);
      if (!work.launched()) {
        assertEquals(1, step, "recorded from the second step on");
        work.verbs();
      }
    }
    assertEquals(
        List.of(
            "SEND", "ARRIVE", "convert", "convert", "RECEIVED", "step_seed", "step_rate", "GRAPH"),
        Journal.entries().stream().map(Journal.Entry::name).toList());
  }

  /** The optimiser writes the weights' copies in its pass: nothing converts them in a step. */
  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"BFLOAT16", "FLOAT16"})
  void copiesAreWrittenByTheOptimiser(Precision precision) {
    open(precision);
    Journal journal = step();
    HostTwin.entries();
    OptimizerState optimizer = Sgd.sgd(0.1).bind(network);
    HostTwin.entries();
    optimizer.update();
    List<Journal.Entry> update = Journal.entries();
    assertEquals(
        precision == Precision.FLOAT16
            ? List.of("find_overflow", "find_overflow", "sgd", "sgd", "step_end")
            : List.of("sgd", "sgd", "step_end"),
        update.stream().map(Journal.Entry::name).toList());
    long written = copies(update).iterator().next();
    Set<Long> read = new HashSet<>();
    for (Journal.Verb verb : journal.named("convolutionForward", "convolutionBackwardData")) {
      if (!verb.operands().containsKey("input")) {
        read.addAll(copies(verb.entries()));
      }
    }
    assertEquals(Set.of(written), read);
    assertEquals(Element.FLOAT32, network.spans().get(0).values().element());
  }

  /** Blocks of the device that are neither the arena, nor scratch, nor an optimiser's memory. */
  private Set<Long> copies(List<Journal.Entry> entries) {
    long copy =
        driver.block(backend.verbs().copy(DeviceTensor.address(network.spans().get(0).values())));
    return entries.stream()
        .flatMap(entry -> entry.addresses().stream())
        .map(driver::block)
        .filter(block -> block == copy)
        .collect(Collectors.toSet());
  }
}
