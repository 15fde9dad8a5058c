package dev.selkie.runtime.reference;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.Fixture;
import dev.selkie.runtime.conformance.Values;
import java.util.ArrayList;
import java.util.List;

/** A selective kernel behind its convolutions, as generated code calls its verbs. */
final class SelectUnit {
  final Selection selection;
  final List<Tensor> xs = new ArrayList<>();
  final List<Tensor> dxs = new ArrayList<>();
  final Tensor out;
  final Tensor dOut;

  SelectUnit(Fixture f, int size, Shape shape, int hidden) {
    List<Branch> branches = new ArrayList<>();
    for (int m = 0; m < size; m++) {
      ConvGeometry one = new ConvGeometry(1, 1, 1, 1, 0, 0, 1);
      branches.add(f.branch("branch" + m, shape.batch(), shape.channels(), 1, one));
      xs.add(f.input("x" + m, shape, Values.OFF_CENTRE));
      dxs.add(f.output("dx" + m, shape));
    }
    selection = f.selection("select", shape.batch(), shape.channels(), hidden, true, branches);
    out = f.output("out", shape);
    dOut = f.input("dOut", shape);
  }

  BatchNorm norm(int m) {
    return selection.branches().get(m).norm();
  }

  /** All but the convolutions' weights. */
  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (int m = 0; m < selection.size(); m++) {
      parameters.add(norm(m).scale());
      parameters.add(norm(m).shift());
    }
    parameters.add(selection.squeezeWeight());
    parameters.add(selection.scale());
    parameters.add(selection.shift());
    parameters.add(selection.selectWeight());
    return parameters;
  }

  void forward(Ops ops) {
    for (int m = 0; m < selection.size(); m++) {
      ops.batchNormMoments(norm(m), xs.get(m));
    }
    int positions = out.shape().positions();
    ops.selectStatistics(selection, positions);
    ops.selectSqueeze(selection, xs);
    ops.selectFuse(selection, positions);
    ops.selectForward(out, xs, selection);
  }

  void backward(Ops ops) {
    ops.selectBackwardSums(selection, dOut, xs);
    ops.selectBackwardStatistics(selection, out.shape().positions());
    ops.selectBackward(dxs, dOut, xs, selection);
  }
}
