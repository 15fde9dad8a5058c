package dev.selkie.runtime.conformance;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.conformance.ConvolutionCases.Sizes;
import java.util.ArrayList;
import java.util.List;

final class InferenceCases {
  private static final List<Shape> SHAPES =
      List.of(new Shape(1, 1, 1, 1), new Shape(5, 3, 3, 3), new Shape(2, 7, 7, 20));

  private InferenceCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Sizes s : ConvolutionCases.SIZES) {
      cases.add(s.of("foldBatchNorm", f -> fold(f, s)));
      cases.add(s.of("foldBatchNormBias", f -> foldBias(f, s)));
      for (Activation a : Activation.values()) {
        cases.add(s.of("convolutionInference " + a, f -> convolution(f, s, a)));
        cases.add(s.of("convolutionAddInference " + a, f -> convolutionAdd(f, s, a)));
      }
    }
    for (Shape shape : SHAPES) {
      for (Activation a : Activation.values()) {
        String of = " %s: %s".formatted(a, shape);
        cases.add(new OpCase("batchNormInference" + of, f -> batchNorm(f, shape, a)));
        cases.add(new OpCase("scaleInference" + of, f -> scale(f, shape, a)));
      }
    }
    return cases;
  }

  private static void fold(Fixture f, Sizes s) {
    Parameter weight = f.weight("weight", s.weight());
    BatchNorm norm = f.batchNorm("norm", 1, s.out());
    Tensor foldedWeight = f.floatOutput("folded", s.weight());
    Tensor foldedBias = f.floatOutput("folded.bias", Shape.vector(s.out()));
    f.ops().foldBatchNorm(foldedWeight, foldedBias, weight, norm);
  }

  private static void foldBias(Fixture f, Sizes s) {
    Parameter weight = f.weight("weight", s.weight());
    Parameter bias = f.bias("bias", s.out());
    BatchNorm norm = f.batchNorm("norm", 1, s.out());
    Tensor foldedWeight = f.floatOutput("folded", s.weight());
    Tensor foldedBias = f.floatOutput("folded.bias", Shape.vector(s.out()));
    f.ops().foldBatchNormBias(foldedWeight, foldedBias, weight, bias, norm);
  }

  private static void convolution(Fixture f, Sizes s, Activation activation) {
    Tensor x = f.input("x", s.x());
    Tensor weight = f.floatInput("weight", s.weight(), f.weights(s.weight()));
    Tensor bias = f.floatInput("bias", Shape.vector(s.out()), Values.NORMAL);
    Tensor y = f.output("y", s.y());
    f.ops().convolutionInference(y, x, weight, bias, activation, s.geometry());
  }

  private static void convolutionAdd(Fixture f, Sizes s, Activation activation) {
    Tensor x = f.input("x", s.x());
    Tensor weight = f.floatInput("weight", s.weight(), f.weights(s.weight()));
    Tensor bias = f.floatInput("bias", Shape.vector(s.out()), Values.NORMAL);
    Tensor residual = f.input("residual", s.y());
    Tensor y = f.output("y", s.y());
    f.ops().convolutionAddInference(y, x, weight, bias, residual, activation, s.geometry());
  }

  private static void batchNorm(Fixture f, Shape shape, Activation activation) {
    BatchNorm norm = f.batchNorm("norm", shape.batch(), shape.channels());
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    Tensor residual = f.input("residual", shape);
    Tensor y = f.output("y", shape);
    Tensor sum = f.output("sum", shape);
    f.ops().batchNormInference(y, x, norm, activation);
    f.ops().batchNormAddInference(sum, x, residual, norm, activation);
  }

  private static void scale(Fixture f, Shape shape, Activation activation) {
    Excitation excitation = f.excitation("excitation", shape.batch(), shape.channels(), 2, true);
    Tensor x = f.input("x", shape, Values.OFF_CENTRE);
    Tensor residual = f.input("residual", shape);
    Tensor y = f.output("y", shape);
    Tensor sum = f.output("sum", shape);
    f.ops().exciteForward(excitation, x);
    f.ops().scaleInference(y, x, excitation, activation);
    f.ops().scaleAddInference(sum, x, residual, excitation, activation);
  }
}
