package dev.selkie.processor.graph.op;

import dev.selkie.annotation.Activation;
import dev.selkie.annotation.Scale;
import dev.selkie.processor.check.Message;
import dev.selkie.processor.graph.Dims;
import dev.selkie.processor.graph.Op;
import dev.selkie.processor.graph.Operand;
import dev.selkie.processor.graph.ShapeException;
import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.CallBuilder;
import dev.selkie.processor.program.Field;
import dev.selkie.processor.program.Footprint;
import dev.selkie.processor.program.Gradients;
import dev.selkie.processor.program.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * out = sum over m of weights_m relu(norm_m(branch_m(x))), the weights a softmax over branches.
 *
 * <p>It owns its merged gradient: backward keeps the convolutions' outputs and a few numbers per
 * sample and channel, but no branch behind its ReLU, no sum of them and no mask.
 *
 * @param prefix of the names of its parameters
 * @param branches convolutions of one output shape, without biases
 */
public record SelectiveKernel(String prefix, List<Convolution> branches, int reduction, int minimum)
    implements Op {

  public SelectiveKernel {
    branches = List.copyOf(branches);
  }

  /** What its branches' parameters are called. */
  public static String branchPrefix(String prefix, int m) {
    return prefix + ".branch" + m;
  }

  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    for (Operand input : inputs) {
      if (!input.dims().sameSpace(inputs.get(0).dims())) {
        throw new ShapeException(
            Message.SHAPE_MISMATCH, null, Join.mismatch(path, "selects between", inputs, input));
      }
    }
    Dims dims = null;
    for (int m = 0; m < branches.size(); m++) {
      dims = branches.get(m).shape(path, List.of(inputs.get(input(m, inputs.size()))));
    }
    return dims;
  }

  @Override
  public long parameters(List<Dims> inputs) {
    long total = Math.addExact(layers(), 2L * hidden());
    for (int m = 0; m < branches.size(); m++) {
      total = Math.addExact(total, weights(inputs, m) + 2L * channels());
    }
    return total;
  }

  @Override
  public long multiplyAdds(List<Dims> inputs, Dims output) {
    long total = layers();
    for (int m = 0; m < branches.size(); m++) {
      total = Math.addExact(total, Math.multiplyExact(weights(inputs, m), output.positions()));
    }
    return total;
  }

  @Override
  public void forward(Scope scope) {
    Field selection = selection(scope);
    Field convolved = convolved(scope);
    String positions = "" + scope.outDims().positions();
    if (scope.inputs() == 1) {
      CallBuilder split = scope.call("selectConvolutionForward").with(convolved).with(selection);
      outputs(scope).forEach(split::writesBehind);
      split.read(scope.in(0)).comment(scope.outDims()).end();
    } else {
      for (int m = 0; m < branches.size(); m++) {
        branches.get(m).forward(scope, m, output(scope, m));
        scope.call("batchNormMoments").with(norm(scope, m)).read(output(scope, m)).end();
      }
    }
    scope.call("selectStatistics").with(selection).with(positions).end();
    readOutputs(scope.call("selectSqueeze").with(selection).with(convolved), scope).end();
    scope.call("selectFuse").with(selection).with(positions).end();
    CallBuilder select = scope.call("selectForward").write(scope.out()).with(convolved);
    readOutputs(select, scope).with(selection).comment(scope.outDims()).end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    Field selection = selection(scope);
    Field convolved = convolved(scope);
    Buffer dOut = gradients.out();
    CallBuilder sums = scope.call("selectBackwardSums").with(selection).read(dOut).with(convolved);
    readOutputs(sums, scope).end();
    scope
        .call("selectBackwardStatistics")
        .with(selection)
        .with("" + scope.outDims().positions())
        .end();
    List<Buffer> dOutputs = new ArrayList<>();
    for (int m = 0; m < branches.size(); m++) {
      dOutputs.add(scope.gradient("branch" + m + ".conv"));
    }
    CallBuilder apply =
        scope.call("selectBackward").with(scope.list("d " + prefix + ".convolved", dOutputs));
    dOutputs.forEach(apply::writesBehind);
    readOutputs(apply.read(dOut).with(convolved), scope).with(selection).end();
    for (int m = 0; m < branches.size(); m++) {
      branches.get(m).backward(scope, gradients, input(m, scope.inputs()), dOutputs.get(m));
    }
  }

  @Override
  public void infer(Scope scope) {
    Field selection = selection(scope);
    List<Buffer> active = new ArrayList<>();
    for (int m = 0; m < branches.size(); m++) {
      active.add(scope.part("branch" + m));
      BatchNorm norm = BatchNorm.alone(normPrefix(m), Scale.ONE);
      new FoldedConvolution(branches.get(m), norm, false, Activation.RELU)
          .forward(scope, input(m, scope.inputs()), active.get(m));
    }
    Field all = scope.list(prefix + ".branches", active);
    CallBuilder fuse = scope.call("selectFuseInference").with(selection).with(all);
    active.forEach(fuse::readsBehind);
    fuse.end();
    CallBuilder select = scope.call("selectInference").write(scope.out()).with(all);
    active.forEach(select::readsBehind);
    select.with(selection).comment(scope.outDims()).end();
  }

  private CallBuilder readOutputs(CallBuilder call, Scope scope) {
    outputs(scope).forEach(call::readsBehind);
    return call;
  }

  /** What the branches' convolutions give. */
  private List<Buffer> outputs(Scope scope) {
    List<Buffer> outputs = new ArrayList<>();
    for (int m = 0; m < branches.size(); m++) {
      outputs.add(output(scope, m));
    }
    return outputs;
  }

  private static Buffer output(Scope scope, int m) {
    return scope.part("branch" + m + ".conv");
  }

  private Field convolved(Scope scope) {
    return scope.list(prefix + ".convolved", outputs(scope));
  }

  private Field selection(Scope scope) {
    List<Object> parts = new ArrayList<>();
    parts.add("selection(\"%s\", %s, %s".formatted(prefix, channels(), hidden()));
    for (int m = 0; m < branches.size(); m++) {
      parts.addAll(List.of(", ", branch(scope, m)));
    }
    parts.add(")");
    Footprint footprint = Footprint.selection(channels(), hidden(), branches.size());
    return scope.field(prefix + ".selection", "Selection", footprint, parts.toArray());
  }

  private Field branch(Scope scope, int m) {
    Convolution convolution = branches.get(m);
    int input = input(m, scope.inputs());
    return scope.field(
        branchPrefix(prefix, m),
        "Branch",
        Footprint.NONE,
        "new Branch(",
        convolution.weight(scope, input),
        ", ",
        convolution.geometry(scope.inDims(input).channels()),
        ", ",
        norm(scope, m),
        ")");
  }

  private Field norm(Scope scope, int m) {
    return scope.batchNorm(normPrefix(m), channels(), Scale.ONE);
  }

  private String normPrefix(int m) {
    return branchPrefix(prefix, m) + ".norm";
  }

  /** Which input a branch reads. */
  private static int input(int m, int inputs) {
    return inputs == 1 ? 0 : m;
  }

  private long weights(List<Dims> inputs, int m) {
    return branches.get(m).weights(inputs.get(input(m, inputs.size())).channels());
  }

  /** Weights of the two small layers. */
  private long layers() {
    long ofOne = Math.multiplyExact((long) channels(), (long) hidden());
    return Math.multiplyExact(ofOne, 1L + branches.size());
  }

  private int channels() {
    return branches.get(0).out();
  }

  private int hidden() {
    return Math.max(channels() / reduction, minimum);
  }
}
