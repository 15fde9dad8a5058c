package dev.selkie.processor.graph.op;

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
import dev.selkie.runtime.Element;
import java.util.ArrayList;
import java.util.List;

/**
 * Batch norm with what fusion has merged into its passes: out = act(gate * norm(x) +
 * residualNorm(residual)). Alone, it has nothing merged.
 *
 * @param weights of the norm
 * @param excitation the squeeze-and-excitation merged in, or null
 * @param residual whether a second input is added
 * @param residualWeights of the norm of that input, or null where it is added as it is
 * @param relu whether a ReLU follows
 */
public record BatchNorm(
    NormWeights weights,
    SqueezeExcite excitation,
    boolean residual,
    NormWeights residualWeights,
    boolean relu)
    implements Op {

  /** A batch norm with nothing merged in. */
  public static BatchNorm alone(String prefix, Scale scale) {
    return new BatchNorm(new NormWeights(prefix, scale), null, false, null, false);
  }

  public BatchNorm excite(SqueezeExcite gate) {
    return new BatchNorm(weights, gate, residual, residualWeights, relu);
  }

  /**
   * @param normWeights of the residual's own norm, or null
   */
  public BatchNorm add(NormWeights normWeights) {
    return new BatchNorm(weights, excitation, true, normWeights, relu);
  }

  public BatchNorm withRelu() {
    return new BatchNorm(weights, excitation, residual, residualWeights, true);
  }

  @Override
  public String label() {
    StringBuilder label = new StringBuilder("BatchNorm");
    if (excitation != null) {
      label.append("+SqueezeExcite");
    }
    if (residual) {
      label.append(residualWeights == null ? "+Add" : "+AddBatchNorm");
    }
    return label.append(relu ? "+Relu" : "").toString();
  }

  @Override
  public Dims shape(String path, List<Operand> inputs) throws ShapeException {
    Dims x = inputs.get(0).dims();
    if (residual && !x.equals(inputs.get(1).dims())) {
      throw new ShapeException(
          Message.SHAPE_MISMATCH, null, Join.mismatch(path, "adds", inputs, inputs.get(1)));
    }
    return x;
  }

  @Override
  public long parameters(List<Dims> inputs) {
    long own = 2L * inputs.get(0).channels();
    return own * (residualWeights == null ? 1 : 2)
        + (excitation == null ? 0 : excitation.parameters(inputs));
  }

  @Override
  public long multiplyAdds(List<Dims> inputs, Dims output) {
    return excitation == null ? 0 : excitation.multiplyAdds(inputs, output);
  }

  @Override
  public void forward(Scope scope) {
    Field epilogue = epilogue(scope);
    scope.call("batchNormMoments").with(norm(scope)).read(scope.in(0)).end();
    if (residualWeights != null) {
      scope.call("batchNormMoments").with(residualNorm(scope)).read(scope.in(1)).end();
    }
    scope.call("batchNormStatistics").with(epilogue).with("" + scope.outDims().positions()).end();
    CallBuilder call = scope.call(residual ? "batchNormAddForward" : "batchNormForward");
    call.write(scope.out()).read(scope.in(0));
    if (residual) {
      call.read(scope.in(1));
    }
    if (relu) {
      call.writesBehind(mask(scope));
    }
    call.with(epilogue).comment(scope.outDims()).end();
  }

  @Override
  public void backward(Scope scope, Gradients gradients) {
    Field epilogue = epilogue(scope);
    Buffer dOut = gradients.out();
    CallBuilder sums =
        scope.call(residual ? "batchNormAddBackwardSums" : "batchNormBackwardSums").with(epilogue);
    readForward(sums, scope, dOut).end();
    scope
        .call("batchNormBackwardStatistics")
        .with(epilogue)
        .with("" + scope.outDims().positions())
        .end();
    if (!gradients.wants(0) && !(residual && gradients.wants(1))) {
      return;
    }
    Gradients.Target dx = gradients.target(0);
    if (residual) {
      Gradients.Target dResidual = gradients.target(1);
      CallBuilder call =
          scope.call("batchNormAddBackward").write(dx.buffer()).write(dResidual.buffer());
      readForward(call, scope, dOut).with(epilogue).end();
      dx.done();
      dResidual.done();
    } else {
      CallBuilder call = scope.call("batchNormBackward").write(dx.buffer()).inPlaceOf(dOut);
      readForward(call, scope, dOut).with(epilogue).end();
      dx.done();
    }
  }

  @Override
  public void infer(Scope scope) {
    scope
        .call("batchNormInference")
        .write(scope.out())
        .read(scope.in(0))
        .with(norm(scope))
        .with("Activation.NONE")
        .end();
  }

  /** dOut, out, x and the residual; out matters to a ReLU only. */
  private CallBuilder readForward(CallBuilder call, Scope scope, Buffer dOut) {
    call.read(dOut);
    if (relu) {
      call.read(scope.out()).readsBehind(mask(scope));
    } else {
      call.with(scope.out());
    }
    call.read(scope.in(0));
    if (!residual) {
      return call;
    }
    return residualWeights == null ? call.with(scope.in(1)) : call.read(scope.in(1));
  }

  /** The field of its norm. */
  public Field norm(Scope scope) {
    return weights.field(scope, scope.inDims(0).channels());
  }

  private Field residualNorm(Scope scope) {
    return residualWeights.field(scope, scope.inDims(0).channels());
  }

  private Buffer mask(Scope scope) {
    return scope.saved("mask", Element.BIT);
  }

  private Field epilogue(Scope scope) {
    List<Object> parts = new ArrayList<>(List.of("Epilogue.of(", norm(scope), ")"));
    if (excitation != null) {
      parts.addAll(List.of(".excite(", excitation.field(scope), ")"));
    }
    if (residualWeights != null) {
      parts.addAll(List.of(".add(", residualNorm(scope), ")"));
    } else if (residual) {
      parts.add(".add()");
    }
    if (relu) {
      parts.addAll(List.of(".relu(", mask(scope), ")"));
    }
    return scope.field(scope.path() + ".epilogue", "Epilogue", Footprint.NONE, parts.toArray());
  }
}
