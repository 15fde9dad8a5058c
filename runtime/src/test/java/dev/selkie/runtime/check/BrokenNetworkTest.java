package dev.selkie.runtime.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Arena;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.GeneratedNetwork;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.NetworkSummary;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.trace.IdleBackend;
import dev.selkie.runtime.trace.RecordingOps;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A network whose verbs break a rule is refused when it is made, in whichever pass they stand. */
class BrokenNetworkTest {
  private static final Layout LAYOUT = new Layout(1280, 0, 0, 384, 256);

  private final RecordingOps recording = new RecordingOps();
  private boolean closed;

  /** What is wrong with it. */
  private enum Fault {
    NONE,
    FORWARD,
    BACKWARD,
    FOLD,
    INFER
  }

  /** A ReLU and a dense layer on images of 1x4x8, which {@link GeneratedNetwork} completes. */
  private static final class Faulty extends GeneratedNetwork {
    private final Fault fault;
    private final Only only = new Only();

    Faulty(Device device, Fault fault) {
      super("Faulty", VERSION, device, Batch.batch(2), LAYOUT, 1, 4, 8, 10);
      this.fault = fault;
      declared();
    }

    @Override
    protected void forwardLayers() {
      only.ops().denseForward(logits(), input(), only.weight);
      only.breakIn(Fault.FORWARD);
    }

    @Override
    protected void backwardLayers() {
      only.ops().denseBackwardWeights(only.weight, input(), only.gradient());
      only.breakIn(Fault.BACKWARD);
    }

    @Override
    protected void foldLayers() {
      only.breakIn(Fault.FOLD);
    }

    @Override
    protected void inferLayers() {
      only.ops().denseForward(logits(), input(), only.weight);
      only.breakIn(Fault.INFER);
    }

    @Override
    public NetworkSummary summary() {
      return new NetworkSummary.Builder("Faulty").build(LAYOUT);
    }

    private final class Only extends Layer {
      final Parameter weight = denseWeight("only.weight", 10, 4, 8, 1);
      final Tensor small = activation("small", 2, 2, 3, 0);
      final Tensor dSmall = buffer("d small", 2, 2, 3, 64);

      Ops ops() {
        return ops;
      }

      Tensor gradient() {
        return dLogits();
      }

      void breakIn(Fault pass) {
        if (pass == fault) {
          ops.reluBackward(dSmall, dSmall, logits());
        }
      }
    }
  }

  /** Only itself closes what it holds. */
  private final class Watched implements BackendProvider {
    @Override
    public String device() {
      return "watched";
    }

    @Override
    public Backend open() {
      IdleBackend idle = new IdleBackend(recording.ops(), Precision.FLOAT32);
      return new Backend() {
        @Override
        public String device() {
          return idle.device();
        }

        @Override
        public Ops ops() {
          return idle.ops();
        }

        @Override
        public Arena allocate(long bytes) {
          return idle.allocate(bytes);
        }

        @Override
        public void close() {
          closed = true;
        }
      };
    }
  }

  @Test
  void nothingIsWrong() {
    try (Faulty network = new Faulty(device(), Fault.NONE)) {
      assertEquals(List.of(), recording.calls());
      network.forward();
      network.backward();
      assertEquals(1, recording.count("denseForward"));
      assertEquals(1, recording.count("denseBackwardWeights"));
      assertFalse(closed);
    }
  }

  @Test
  void eachPassIsLookedAtAndTheBackendIsClosed() {
    for (Fault fault : List.of(Fault.FORWARD, Fault.BACKWARD, Fault.FOLD, Fault.INFER)) {
      closed = false;
      BackendException refused =
          assertThrows(BackendException.class, () -> new Faulty(device(), fault));
      assertEquals(
          "reluBackward of d small (2x3x2x2), d small (2x3x2x2), logits (2x10x1x1): logits is"
              + " 2x10x1x1 but d small is 2x3x2x2; both must have one shape",
          refused.getMessage());
      assertTrue(closed, fault::toString);
      assertEquals(List.of(), recording.calls());
    }
  }

  private Device device() {
    return Device.of(new Watched());
  }
}
