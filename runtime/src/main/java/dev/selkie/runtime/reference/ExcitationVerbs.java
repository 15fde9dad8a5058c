package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;

/** Squeeze-and-excitation (Hu et al., 2018, equations 2 to 4). */
interface ExcitationVerbs extends Verbs {
  @Override
  default void exciteForward(Excitation excitation, Tensor x) {
    if (excitation.squeezesMaximum()) {
      maxima(ref(excitation.squeeze()), ref(excitation.winners()), ref(x));
    } else {
      globalAveragePoolForward(excitation.squeeze(), x);
    }
    excite(excitation);
  }

  private static void maxima(ReferenceTensor squeeze, ReferenceTensor winners, ReferenceTensor x) {
    squeeze.fill(Double.NEGATIVE_INFINITY);
    winners.fill(0);
    for (int i = 0; i < x.size(); i++) {
      int nc = x.sampleAndChannel(i);
      if (x.get(i) > squeeze.get(nc) || Double.isNaN(x.get(i))) {
        squeeze.set(nc, x.get(i));
        winners.set(nc, x.position(i));
      }
    }
  }

  /** gate = function(W2 relu(W1 squeeze + b1) + b2). */
  default void excite(Excitation excitation) {
    ReferenceTensor squeeze = ref(excitation.squeeze());
    ReferenceTensor hidden = ref(excitation.hidden());
    ReferenceTensor gate = ref(excitation.gate());
    for (int n = 0; n < squeeze.samples(); n++) {
      for (int r = 0; r < hidden.channels(); r++) {
        double value = row(excitation.weight1(), excitation.bias1(), r, squeeze, n);
        hidden.set(n, 0, 0, r, relu(value));
      }
      for (int c = 0; c < gate.channels(); c++) {
        double value = row(excitation.weight2(), excitation.bias2(), c, hidden, n);
        gate.set(n, 0, 0, c, gate(excitation.function(), value));
      }
    }
  }

  /** One output of y = W x + b for sample n. */
  default double row(Parameter weight, Parameter bias, int row, ReferenceTensor x, int n) {
    double sum = 0;
    for (int c = 0; c < x.channels(); c++) {
      sum = round(sum + round(ref(weight.value()).get(row, 0, 0, c) * x.get(n, 0, 0, c)));
    }
    return bias == null ? sum : round(sum + ref(bias.value()).get(row));
  }

  @Override
  default void scaleForward(Tensor y, Tensor x, Excitation excitation) {
    multiplyForward(y, x, excitation.gate());
  }

  @Override
  default void exciteBackward(Excitation excitation, Tensor dy, Tensor x) {
    ReferenceTensor dGate = ref(excitation.dGate());
    dGate.fill(0);
    for (int i = 0; i < ref(x).size(); i++) {
      dGate.add(ref(x).sampleAndChannel(i), round(ref(dy).get(i) * ref(x).get(i)));
    }
    exciteGradients(excitation);
  }

  /** From dGate: adds to the gradients of both layers and writes dSqueeze. */
  default void exciteGradients(Excitation excitation) {
    ReferenceTensor gate = ref(excitation.gate());
    ReferenceTensor hidden = ref(excitation.hidden());
    for (int n = 0; n < gate.samples(); n++) {
      double[] dLogit = new double[gate.channels()];
      for (int c = 0; c < dLogit.length; c++) {
        double slope = gateSlope(excitation.function(), gate.get(n, 0, 0, c));
        dLogit[c] = round(ref(excitation.dGate()).get(n, 0, 0, c) * slope);
      }
      double[] dHidden = layerBackward(excitation.weight2(), excitation.bias2(), dLogit, hidden, n);
      for (int r = 0; r < dHidden.length; r++) {
        dHidden[r] = hidden.get(n, 0, 0, r) > 0 ? dHidden[r] : 0;
      }
      double[] dSqueeze =
          layerBackward(
              excitation.weight1(), excitation.bias1(), dHidden, ref(excitation.squeeze()), n);
      for (int c = 0; c < dSqueeze.length; c++) {
        ref(excitation.dSqueeze()).set(n, 0, 0, c, dSqueeze[c]);
      }
    }
  }

  /** For y = W x + b of sample n: dW += dy x', db += dy; gives dx = W' dy. */
  default double[] layerBackward(
      Parameter weight, Parameter bias, double[] dy, ReferenceTensor x, int n) {
    ReferenceTensor w = ref(weight.value());
    ReferenceTensor dw = ref(weight.gradient());
    double[] dx = new double[x.channels()];
    for (int row = 0; row < dy.length; row++) {
      for (int c = 0; c < dx.length; c++) {
        dx[c] = round(dx[c] + round(w.get(row, 0, 0, c) * dy[row]));
        dw.add(dw.index(row, 0, 0, c), round(dy[row] * x.get(n, 0, 0, c)));
      }
      if (bias != null) {
        ref(bias.gradient()).add(row, dy[row]);
      }
    }
    return dx;
  }

  @Override
  default void scaleBackward(Tensor dx, Tensor dy, Excitation excitation) {
    ReferenceTensor gradient = ref(dx);
    for (int i = 0; i < gradient.size(); i++) {
      int nc = gradient.sampleAndChannel(i);
      double direct = round(ref(excitation.gate()).get(nc) * ref(dy).get(i));
      gradient.set(i, direct + squeezed(excitation, nc, gradient.position(i), gradient));
    }
  }

  /** What the squeeze's gradient is to one position. */
  private double squeezed(Excitation excitation, int nc, int position, ReferenceTensor dx) {
    double gradient = ref(excitation.dSqueeze()).get(nc);
    if (excitation.squeezesMaximum()) {
      return ref(excitation.winners()).get(nc) == position ? gradient : 0;
    }
    return round(gradient / dx.positions());
  }
}
