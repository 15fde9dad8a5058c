package dev.selkie.samples;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.GeneratedNetwork;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.NetworkSummary;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Training and inference of {@link TinySk}.
 *
 * <p>4,010 parameters, 1,033,280 multiply-adds for one image of 3x32x32.
 *
 * <pre>
 * memory of the training arena, in bytes
 *   parameters             16,128
 *   their gradients        16,128
 *   statistics, folded     14,080
 *   per sample, kept       15,488
 *   per sample, planned    299,008  (unshared 561,536, alive at once 299,008)
 *   whole                  314,496 * batch + 46,336
 * </pre>
 */
@Generated("dev.selkie.processor.NetworkProcessor")
public final class TinySkNetwork extends GeneratedNetwork {
  private static final Layout LAYOUT = Layout.EMPTY
      .withDecayed(15296L)
      .withPlain(832L)
      .withFixed(14080L)
      .withWorkspace(15488L)
      .withPlanned(299008L);

  private static final ConvGeometry CONV_3X3 = new ConvGeometry(3, 3, 1, 1, 1, 1, 1);
  private static final ConvGeometry CONV_3X3_STRIDE2_DILATION2_GROUPS4 = new ConvGeometry(3, 3, 2, 2, 2, 2, 4);
  private static final ConvGeometry CONV_3X3_STRIDE2_GROUPS4 = new ConvGeometry(3, 3, 2, 1, 1, 1, 4);
  private final StemLayer stem = new StemLayer();
  private final MixedLayer mixed = new MixedLayer();
  private final FeaturesLayer features = new FeaturesLayer();
  private final LogitsLayer logits = new LogitsLayer();

  private TinySkNetwork(Device device, Batch batch) {
    super("dev.selkie.samples.TinySk", "0.1.0-SNAPSHOT", device, batch, LAYOUT, 3, 32, 32, 10);
    declared();
  }

  /**
   * The network on a device, with its arena; close it when done.
   *
   * @param device where it computes
   * @param batch images per step
   * @return the network, its parameters initialised from seed 0
   */
  public static TinySkNetwork on(Device device, Batch batch) {
    return new TinySkNetwork(device, batch);
  }

  @Override
  protected void forwardLayers() {
    stem.forward();
    mixed.forward();
    features.forward();
    logits.forward();
  }

  @Override
  protected void backwardLayers() {
    logits.backward();
    features.backward();
    mixed.backward();
    stem.backward();
  }

  @Override
  protected void foldLayers() {
    stem.fold();
    mixed.fold();
  }

  @Override
  protected void inferLayers() {
    stem.infer();
    mixed.infer();
    features.infer();
    logits.infer();
  }

  @Override
  public NetworkSummary summary() {
    return describe();
  }

  /**
   * Layers, counts and memory, without a device.
   *
   * @return the same for all devices
   */
  public static NetworkSummary describe() {
    NetworkSummary.Builder summary = new NetworkSummary.Builder("dev.selkie.samples.TinySk");
    StemLayer.describe(summary);
    MixedLayer.describe(summary);
    FeaturesLayer.describe(summary);
    LogitsLayer.describe(summary);
    return summary.build(LAYOUT);
  }

  /**
   * stem: Conv 3x3, to 16x32x32.
   */
  private final class StemLayer extends Layer {
    final Tensor conv = activation("stem.conv", 32, 32, 16, 0L);
    final Tensor out = activation("stem", 32, 32, 16, 65536L);
    final Tensor mask = bits("stem.mask", 32, 32, 16, 294912L);
    final Tensor dOut = buffer("d stem", 32, 32, 16, 131072L);
    final Tensor dConv = buffer("d stem.conv", 32, 32, 16, 131072L);
    final Tensor outInferred = buffer("stem", 32, 32, 16, 0L);
    final Parameter weight = convWeight("stem.weight", 16, 3, 3, 3, 1);
    final BatchNorm norm = batchNorm("stem.norm", 16);
    final Epilogue epilogue = Epilogue.of(norm).relu(mask);
    final Tensor weightFolded = foldedWeight(weight);
    final Tensor weightFoldedBias = foldedBias(weight);

    void forward() {
      ops.convolutionForward(conv, input(), weight, CONV_3X3); // 16x32x32
      ops.batchNormMoments(norm, conv);
      ops.batchNormStatistics(epilogue, 1024);
      ops.batchNormForward(out, conv, epilogue); // 16x32x32
    }

    void backward() {
      ops.batchNormBackwardSums(epilogue, dOut, out, conv);
      ops.batchNormBackwardStatistics(epilogue, 1024);
      ops.batchNormBackward(dConv, dOut, out, conv, epilogue);
      ops.convolutionBackwardWeights(weight, input(), dConv, CONV_3X3);
    }

    void fold() {
      ops.foldBatchNorm(weightFolded, weightFoldedBias, weight, norm);
    }

    void infer() {
      ops.convolutionInference(outInferred, input(), weightFolded, weightFoldedBias,
          Activation.RELU, CONV_3X3); // 16x32x32
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stem", "Conv 3x3", 16, 32, 32, 464L, 442368L);
    }
  }

  /**
   * mixed: SelectiveKernel 3x3 + 3x3 dilation 2 /2 groups 4, to 32x16x16.
   */
  private final class MixedLayer extends Layer {
    final Tensor branch0Conv = activation("mixed.branch0.conv", 16, 16, 32, 131072L);
    final Tensor branch1Conv = activation("mixed.branch1.conv", 16, 16, 32, 163840L);
    final Tensor out = activation("mixed", 16, 16, 32, 196608L);
    final Tensor dOut = buffer("d mixed", 16, 16, 32, 196608L);
    final Tensor dBranch0Conv = buffer("d mixed.branch0.conv", 16, 16, 32, 229376L);
    final Tensor dBranch1Conv = buffer("d mixed.branch1.conv", 16, 16, 32, 262144L);
    final Tensor branch0Inferred = buffer("mixed.branch0", 16, 16, 32, 65536L);
    final Tensor branch1Inferred = buffer("mixed.branch1", 16, 16, 32, 98304L);
    final Tensor outInferred = buffer("mixed", 16, 16, 32, 0L);
    final Parameter branch0Weight = convWeight("mixed.branch0.weight", 32, 16, 3, 3, 4);
    final BatchNorm branch0Norm = batchNorm("mixed.branch0.norm", 32);
    final Branch branch0 = new Branch(branch0Weight, CONV_3X3_STRIDE2_GROUPS4, branch0Norm);
    final Parameter branch1Weight = convWeight("mixed.branch1.weight", 32, 16, 3, 3, 4);
    final BatchNorm branch1Norm = batchNorm("mixed.branch1.norm", 32);
    final Branch branch1 = new Branch(branch1Weight, CONV_3X3_STRIDE2_DILATION2_GROUPS4, branch1Norm);
    final Selection selection = selection("mixed", 32, 8, branch0, branch1);
    final List<Tensor> convolved = List.of(branch0Conv, branch1Conv);
    final List<Tensor> dConvolved = List.of(dBranch0Conv, dBranch1Conv);
    final Tensor branch0WeightFolded = foldedWeight(branch0Weight);
    final Tensor branch0WeightFoldedBias = foldedBias(branch0Weight);
    final Tensor branch1WeightFolded = foldedWeight(branch1Weight);
    final Tensor branch1WeightFoldedBias = foldedBias(branch1Weight);
    final List<Tensor> branches = List.of(branch0Inferred, branch1Inferred);

    void forward() {
      ops.selectConvolutionForward(convolved, selection, stem.out); // 32x16x16
      ops.selectStatistics(selection, 256);
      ops.selectSqueeze(selection, convolved);
      ops.selectFuse(selection, 256);
      ops.selectForward(out, convolved, selection); // 32x16x16
    }

    void backward() {
      ops.selectBackwardSums(selection, dOut, convolved);
      ops.selectBackwardStatistics(selection, 256);
      ops.selectBackward(dConvolved, dOut, convolved, selection);
      ops.convolutionBackwardWeights(branch0Weight, stem.out, dBranch0Conv,
          CONV_3X3_STRIDE2_GROUPS4);
      ops.convolutionBackwardData(stem.dOut, dBranch0Conv, branch0Weight, CONV_3X3_STRIDE2_GROUPS4);
      ops.convolutionBackwardWeights(branch1Weight, stem.out, dBranch1Conv,
          CONV_3X3_STRIDE2_DILATION2_GROUPS4);
      ops.convolutionBackwardDataAccumulate(stem.dOut, dBranch1Conv, branch1Weight,
          CONV_3X3_STRIDE2_DILATION2_GROUPS4);
    }

    void fold() {
      ops.foldBatchNorm(branch0WeightFolded, branch0WeightFoldedBias, branch0Weight, branch0Norm);
      ops.foldBatchNorm(branch1WeightFolded, branch1WeightFoldedBias, branch1Weight, branch1Norm);
    }

    void infer() {
      ops.convolutionInference(branch0Inferred, stem.outInferred, branch0WeightFolded,
          branch0WeightFoldedBias, Activation.RELU, CONV_3X3_STRIDE2_GROUPS4); // 32x16x16
      ops.convolutionInference(branch1Inferred, stem.outInferred, branch1WeightFolded,
          branch1WeightFoldedBias, Activation.RELU, CONV_3X3_STRIDE2_DILATION2_GROUPS4); // 32x16x16
      ops.selectFuseInference(selection, branches);
      ops.selectInference(outInferred, branches, selection); // 32x16x16
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("mixed", "SelectiveKernel 3x3 + 3x3 dilation 2 /2 groups 4", 32, 16, 16, 3216L,
          590592L);
    }
  }

  /**
   * features: GlobalAveragePool, to 32x1x1.
   */
  private final class FeaturesLayer extends Layer {
    final Tensor out = activation("features", 1, 1, 32, 229376L);
    final Tensor dOut = buffer("d features", 1, 1, 32, 229376L);
    final Tensor outInferred = buffer("features", 1, 1, 32, 32768L);

    void forward() {
      ops.globalAveragePoolForward(out, mixed.out); // 32x1x1
    }

    void backward() {
      ops.globalAveragePoolBackward(mixed.dOut, dOut);
    }

    void infer() {
      ops.globalAveragePoolForward(outInferred, mixed.outInferred); // 32x1x1
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("features", "GlobalAveragePool", 32, 1, 1, 0L, 0L);
    }
  }

  /**
   * logits: Dense, to 10x1x1.
   */
  private final class LogitsLayer extends Layer {
    final Parameter weight = denseWeight("logits.weight", 10, 1, 1, 32);
    final Parameter bias = bias("logits.bias", 10);

    void forward() {
      ops.denseBiasForward(logits(), features.out, weight, bias); // 10x1x1
    }

    void backward() {
      ops.biasBackward(bias, dLogits());
      ops.denseBackwardWeights(weight, features.out, dLogits());
      ops.denseBackwardData(features.dOut, dLogits(), weight);
    }

    void infer() {
      ops.denseBiasForward(logits(), features.outInferred, weight, bias); // 10x1x1
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("logits", "Dense", 10, 1, 1, 330L, 320L);
    }
  }

  /**
   * How the command line finds the network.
   */
  public static final class Factory implements NetworkFactory {
    /**
     * For {@link java.util.ServiceLoader}.
     */
    public Factory() {
    }

    @Override
    public String name() {
      return "dev.selkie.samples.TinySk";
    }

    @Override
    public TrainableNetwork create(Device device, Batch batch) {
      return on(device, batch);
    }

    @Override
    public NetworkSummary summary() {
      return describe();
    }
  }
}
