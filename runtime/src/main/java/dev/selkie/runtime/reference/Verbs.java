package dev.selkie.runtime.reference;

import dev.selkie.annotation.Activation;
import dev.selkie.annotation.Gate;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Precision;
import java.util.Arrays;

/** What every family of verbs computes with. */
interface Verbs extends Ops {
  Arithmetic arithmetic();

  Precision precision();

  default double round(double value) {
    return arithmetic().round(value);
  }

  /** All values of a tensor as the products of convolutions and dense layers read them. */
  default double[] factors(ReferenceTensor tensor) {
    double[] values = new double[tensor.size()];
    Arrays.setAll(values, i -> arithmetic().factor(tensor.get(i), precision()));
    return values;
  }

  /** A NaN stays one, as in PyTorch: it is to reach the loss and stop the training. */
  default double relu(double value) {
    return arithmetic().positive(value) || Double.isNaN(value) ? value : 0;
  }

  /** 1 / (1 + exp(-v)). */
  default double sigmoid(double value) {
    return round(1 / round(1 + round(Math.exp(-value))));
  }

  default double gate(Gate function, double value) {
    return switch (function) {
      case SIGMOID -> sigmoid(value);
      case TANH -> round(Math.tanh(value));
      case RELU -> relu(value);
    };
  }

  /** The derivative of a gate where it gave {@code s}. */
  default double gateSlope(Gate function, double s) {
    return switch (function) {
      case SIGMOID -> round(s * round(1 - s));
      case TANH -> round(1 - round(s * s));
      case RELU -> s > 0 ? 1 : 0;
    };
  }

  default double activate(Activation activation, double value) {
    return switch (activation) {
      case NONE -> value;
      case RELU -> relu(value);
      case SIGMOID -> sigmoid(value);
    };
  }
}
