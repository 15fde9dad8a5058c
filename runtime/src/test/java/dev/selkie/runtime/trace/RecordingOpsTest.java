package dev.selkie.runtime.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.reference.ReferenceBackend;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingOpsTest {
  private static final Shape SHAPE = new Shape(2, 1, 2, 3);

  private final ReferenceBackend backend = new ReferenceBackend();
  private final Fixture f = new Fixture(backend.allocate(1 << 14), backend.ops(), 1);
  private final Tensor x = f.updated("stem", SHAPE);
  private final Tensor y = f.output("stem.relu", SHAPE);
  private final RecordingOps recording = new RecordingOps();

  @Test
  void writesCallsDown() {
    Epilogue epilogue =
        Epilogue.of(f.batchNorm("stem.norm", 2, 3))
            .excite(f.excitation("stem.gate", 2, 3, 1, false))
            .add(f.batchNorm("shortcut.norm", 2, 3))
            .relu(f.scratch("stem.mask", SHAPE, Element.BIT));
    Ops ops = recording.ops();
    ops.batchNormForward(y, x, epilogue);
    ops.batchNormAddForward(y, x, x, Epilogue.of(epilogue.norm()).add());
    ops.seed(7);
    assertEquals(
        List.of(
            "batchNormForward(stem.relu, stem, Epilogue[stem.norm * stem.gate + shortcut.norm, relu])",
            "batchNormAddForward(stem.relu, stem, stem, Epilogue[stem.norm + residual])",
            "seed(7)"),
        recording.calls().stream().map(Call::toString).toList());
  }

  @Test
  void knowsTheTensorsInsideRecords() {
    Ops ops = recording.ops();
    ops.batchNormMoments(f.batchNorm("stem.norm", 2, 3), x);
    ops.reluForward(y, x);
    assertEquals(2, recording.callsTouching("stem").size());
    assertEquals(
        List.of("batchNormMoments(stem.norm, stem)"),
        recording.callsTouching("dstem.norm.weight").stream().map(Call::toString).toList());
    assertEquals(0, recording.callsTouching("stem.norm").size());
    assertEquals(1, recording.count("reluForward"));
    recording.clear();
    assertEquals(0, recording.count("reluForward"));
  }

  @Test
  void seesThroughLists() {
    ConvGeometry geometry = new ConvGeometry(1, 1, 1, 1, 0, 0, 1);
    List<Branch> branches = List.of(f.branch("mix.branch0", 2, 3, 3, geometry));
    Selection selection = f.selection("mix", 2, 3, 1, true, branches);
    recording.ops().selectForward(y, List.of(x, y), selection);
    assertEquals(
        "selectForward(stem.relu, [stem, stem.relu], mix)", recording.calls().get(0).toString());
    assertEquals(1, recording.callsTouching("stem").size());
    assertEquals(1, recording.callsTouching("mix.branch0.norm.running_mean").size());
    recording.ops().convolutionForward(y, x, branches.get(0).weight(), geometry);
    assertEquals(2, recording.callsTouching("mix.branch0.weight").size());
  }

  @Test
  void forwardsToTheDelegate() {
    recording.over(backend.ops()).zero(x);
    float[] values = new float[12];
    x.read(values);
    assertEquals(0f, values[5]);
    assertEquals(1, recording.count("zero"));
  }

  /** What failed is not a completed call, and comes out as the backend threw it. */
  @Test
  void failuresComeOutAsTheyAre() {
    f.input("logits", SHAPE);
    Tensor logits = f.input("logits", new Shape(1, 1, 1, 3));
    Tensor label = f.input("label", Shape.vector(1), random -> 3);
    Tensor loss = f.output("loss", Shape.vector(1));
    Tensor dLogits = f.output("dLogits", logits.shape());
    Ops ops = recording.over(backend.ops());
    assertThrows(
        BackendException.class, () -> ops.softmaxCrossEntropy(loss, dLogits, logits, label, 0));
    assertEquals(List.of(), recording.calls());
  }
}
