package dev.selkie.cpu;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.ParameterSpan;
import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.List;

/** A training step written by hand, with a verb of every family in it. */
final class SmallNetwork {
  private static final int N = 7;
  private static final ConvGeometry SAME = new ConvGeometry(3, 3, 1, 1, 1, 1, 1);
  private static final PoolGeometry POOL = new PoolGeometry(2, 2, 0, true);

  private final Ops ops;
  private final Tensor image;
  private final Parameter stem;
  private final Parameter bias;
  private final Parameter filter;
  private final Parameter head;
  private final Epilogue unit;
  private final Tensor[] wide = new Tensor[6];
  private final Tensor[] half = new Tensor[6];
  private final Tensor winners;
  private final Tensor dropped;
  private final Tensor features;
  private final Tensor dFeatures;
  private final Tensor logits;
  private final Tensor dLogits;
  private final Tensor loss;
  private final Tensor labels;
  private final List<ParameterSpan> spans;
  private final Tensor[] memories;

  SmallNetwork(Bench bench) {
    ops = bench.ops;
    image = bench.tensor(N, 12, 12, 3);
    stem = bench.parameter(16, 3, 3, 3);
    bias = bench.vector(16);
    filter = bench.parameter(16, 3, 3, 16);
    head = bench.parameter(10, 1, 1, 16);
    unit =
        Epilogue.of(bench.batchNorm(N, 16))
            .excite(bench.excitation(N, 16, 4, true))
            .add()
            .relu(bench.typed(new Shape(N, 6, 6, 16), Element.BIT));
    for (int i = 0; i < 6; i++) {
      wide[i] = bench.empty(N, 12, 12, 16);
      half[i] = bench.empty(N, 6, 6, 16);
    }
    winners = bench.typed(new Shape(N, 6, 6, 16), Element.UINT8);
    dropped = bench.typed(new Shape(N, 6, 6, 16), Element.BIT);
    features = bench.empty(N, 1, 1, 16);
    dFeatures = bench.empty(N, 1, 1, 16);
    logits = bench.empty(N, 1, 1, 10);
    dLogits = bench.empty(N, 1, 1, 10);
    loss = bench.empty(N, 1, 1, 1);
    labels = bench.empty(N, 1, 1, 1);
    spans = List.of(span(stem), span(bias), span(filter), span(head));
    memories =
        new Tensor[] {
          memory(bench, stem), memory(bench, bias), memory(bench, filter), memory(bench, head)
        };
  }

  /** Forward, backward and update. */
  void step() {
    ops.seed(3);
    ops.convolutionBiasForward(wide[0], image, stem, bias, SAME);
    ops.reluForward(wide[1], wide[0]);
    ops.maxPoolForward(half[0], winners, wide[1], POOL);
    ops.convolutionForward(half[1], half[0], filter, SAME);
    ops.batchNormMoments(unit.norm(), half[1]);
    ops.batchNormStatistics(unit, 36);
    ops.batchNormAddForward(half[2], half[1], half[0], unit);
    ops.dropoutForward(half[3], dropped, half[2], 0.25f, 1);
    ops.globalAveragePoolForward(features, half[3]);
    ops.denseForward(logits, features, head);
    ops.softmaxCrossEntropy(loss, dLogits, logits, labels, 0.1f);
    backward();
    ops.learningRate(0.01f, 1);
    for (int i = 0; i < memories.length; i++) {
      ops.sgd(spans.get(i), memories[i], 0.9f, 1e-4f, true);
    }
  }

  private void backward() {
    for (int i = 0; i < memories.length; i++) {
      ops.zero(spans.get(i).gradients());
    }
    ops.denseBackwardWeights(head, features, dLogits);
    ops.denseBackwardData(dFeatures, dLogits, head);
    ops.globalAveragePoolBackward(half[3], dFeatures);
    ops.dropoutBackward(half[3], half[3], dropped, 0.25f);
    ops.batchNormAddBackwardSums(unit, half[3], half[2], half[1], half[0]);
    ops.batchNormBackwardStatistics(unit, 36);
    ops.batchNormAddBackward(half[4], half[5], half[3], half[2], half[1], half[0], unit);
    ops.convolutionBackwardWeights(filter, half[0], half[4], SAME);
    ops.convolutionBackwardDataAccumulate(half[5], half[4], filter, SAME);
    ops.maxPoolBackward(wide[2], half[5], winners, POOL);
    ops.reluBackward(wide[2], wide[2], wide[1]);
    ops.convolutionBackwardWeights(stem, image, wide[2], SAME);
    ops.biasBackward(bias, wide[2]);
  }

  /** Every value that training changes, and the activations of the last step. */
  List<float[]> values() {
    return List.of(
        Bench.read(stem.value()),
        Bench.read(bias.value()),
        Bench.read(filter.value()),
        Bench.read(head.value()),
        Bench.read(unit.norm().runningVariance()),
        Bench.read(half[2]),
        Bench.read(loss));
  }

  /** The unit's output, which must not depend on the number of lanes. */
  float[] activation() {
    return Bench.read(half[2]);
  }

  private static ParameterSpan span(Parameter p) {
    return new ParameterSpan(p.value(), p.gradient(), true);
  }

  private static Tensor memory(Bench bench, Parameter p) {
    Shape s = p.value().shape();
    return bench.empty(s.batch(), s.height(), s.width(), s.channels());
  }
}
