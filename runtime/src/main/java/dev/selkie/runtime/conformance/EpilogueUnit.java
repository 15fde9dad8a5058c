package dev.selkie.runtime.conformance;

import dev.selkie.annotation.Gate;
import dev.selkie.annotation.Squeeze;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch norm with what is merged into it, as generated code calls its verbs.
 *
 * @param gate the function of the squeeze-and-excitation merged in, or null
 * @param residual what is added to the norm's output
 */
public record EpilogueUnit(Gate gate, Residual residual, boolean relu) {

  /** What is added. */
  public enum Residual {
    NONE,
    PLAIN,
    NORMED
  }

  /** All twelve, and one for each other gate. */
  public static List<EpilogueUnit> all() {
    List<EpilogueUnit> units = new ArrayList<>();
    for (Gate gate : new Gate[] {null, Gate.SIGMOID}) {
      for (Residual residual : Residual.values()) {
        for (boolean relu : new boolean[] {false, true}) {
          units.add(new EpilogueUnit(gate, residual, relu));
        }
      }
    }
    units.add(new EpilogueUnit(Gate.TANH, Residual.PLAIN, true));
    units.add(new EpilogueUnit(Gate.RELU, Residual.PLAIN, true));
    return units;
  }

  public Epilogue epilogue(Fixture f, Shape shape, boolean biased) {
    int n = shape.batch();
    int c = shape.channels();
    Epilogue epilogue = Epilogue.of(f.batchNorm("norm", n, c));
    if (gate != null) {
      epilogue =
          epilogue.excite(
              f.excitation("excitation", n, c, 1 + c / 4, biased, Squeeze.AVERAGE, gate));
    }
    if (relu) {
      epilogue = epilogue.relu(f.scratch("mask", shape, Element.BIT));
    }
    return switch (residual) {
      case NONE -> epilogue;
      case PLAIN -> epilogue.add();
      case NORMED -> epilogue.add(f.batchNorm("residual.norm", n, c));
    };
  }

  public void forward(Ops ops, Epilogue epilogue, Tensor out, Tensor x, Tensor added) {
    ops.batchNormMoments(epilogue.norm(), x);
    if (epilogue.residualNorm() != null) {
      ops.batchNormMoments(epilogue.residualNorm(), added);
    }
    ops.batchNormStatistics(epilogue, x.shape().positions());
    if (epilogue.residual()) {
      ops.batchNormAddForward(out, x, added, epilogue);
    } else {
      ops.batchNormForward(out, x, epilogue);
    }
  }

  /** Both gradients; {@code dAdded} is null where there is no residual. */
  public void backward(
      Ops ops,
      Epilogue epilogue,
      Tensor dx,
      Tensor dAdded,
      Tensor dOut,
      Tensor out,
      Tensor x,
      Tensor added) {
    if (epilogue.residual()) {
      ops.batchNormAddBackwardSums(epilogue, dOut, out, x, added);
      ops.batchNormBackwardStatistics(epilogue, x.shape().positions());
      ops.batchNormAddBackward(dx, dAdded, dOut, out, x, added, epilogue);
    } else {
      ops.batchNormBackwardSums(epilogue, dOut, out, x);
      ops.batchNormBackwardStatistics(epilogue, x.shape().positions());
      ops.batchNormBackward(dx, dOut, out, x, epilogue);
    }
  }

  /** Such as {@code gated norm + normed residual, relu}. */
  @Override
  public String toString() {
    String added =
        switch (residual) {
          case NONE -> "";
          case PLAIN -> " + residual";
          case NORMED -> " + normed residual";
        };
    return gated() + added + (relu ? ", relu" : "");
  }

  private String gated() {
    if (gate == null) {
      return "norm";
    }
    return gate == Gate.SIGMOID ? "gated norm" : "norm gated by " + gate;
  }
}
