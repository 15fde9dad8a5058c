package dev.selkie.samples;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.GeneratedNetwork;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.MadeOf;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.NetworkSummary;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.PoolGeometry;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import javax.annotation.processing.Generated;

/**
 * Training and inference of {@link Tiny}.
 *
 * <p>15,484 parameters, 1,360,320 multiply-adds for one image of 3x32x32.
 *
 * <pre>
 * memory of the training arena, in bytes
 *   parameters             62,016
 *   their gradients        62,016
 *   statistics, folded     63,104
 *   per sample, kept       14,912
 *   per sample, planned    242,176  (unshared 431,488, alive at once 226,304)
 *   whole                  257,088 * batch + 187,136
 * </pre>
 */
@Generated("dev.selkie.processor.NetworkProcessor")
@MadeOf(SeBasicBlockSidecar.class)
public final class TinyNetwork extends GeneratedNetwork {
  private static final Layout LAYOUT = Layout.EMPTY
      .withDecayed(60864L)
      .withPlain(1152L)
      .withFixed(63104L)
      .withWorkspace(14912L)
      .withPlanned(242176L);

  private static final ConvGeometry CONV_1X1_STRIDE2 = new ConvGeometry(1, 1, 2, 1, 0, 0, 1);
  private static final ConvGeometry CONV_3X3 = new ConvGeometry(3, 3, 1, 1, 1, 1, 1);
  private static final ConvGeometry CONV_3X3_STRIDE2 = new ConvGeometry(3, 3, 2, 1, 1, 1, 1);
  private static final PoolGeometry POOL_2X2_STRIDE2_PADDING0 = new PoolGeometry(2, 2, 0, true);
  private final StemLayer stem = new StemLayer();
  private final PoolLayer pool = new PoolLayer();
  private final StageUnit0 stageUnit0 = new StageUnit0();
  private final FeaturesLayer features = new FeaturesLayer();
  private final LogitsLayer logits = new LogitsLayer();

  private TinyNetwork(Device device, Batch batch) {
    super("dev.selkie.samples.Tiny", "0.1.0-SNAPSHOT", device, batch, LAYOUT, 3, 32, 32, 10);
    declared();
  }

  /**
   * The network on a device, with its arena; close it when done.
   *
   * @param device where it computes
   * @param batch images per step
   * @return the network, its parameters initialised from seed 0
   */
  public static TinyNetwork on(Device device, Batch batch) {
    return new TinyNetwork(device, batch);
  }

  @Override
  protected void forwardLayers() {
    stem.forward();
    pool.forward();
    stageUnit0.forward();
    features.forward();
    logits.forward();
  }

  @Override
  protected void backwardLayers() {
    logits.backward();
    features.backward();
    stageUnit0.backward();
    pool.backward();
    stem.backward();
  }

  @Override
  protected void foldLayers() {
    stem.fold();
    stageUnit0.fold();
  }

  @Override
  protected void inferLayers() {
    stem.infer();
    pool.infer();
    stageUnit0.infer();
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
    NetworkSummary.Builder summary = new NetworkSummary.Builder("dev.selkie.samples.Tiny");
    StemLayer.describe(summary);
    PoolLayer.describe(summary);
    StageUnit0.describe(summary);
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
    final Tensor mask = bits("stem.mask", 32, 32, 16, 237568L);
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
   * pool: MaxPool 2x2 /2, to 16x16x16.
   */
  private final class PoolLayer extends Layer {
    final Tensor out = activation("pool", 16, 16, 16, 131072L);
    final Tensor winners = bytes("pool.winners", 16, 16, 16, 212992L);
    final Tensor dOut = buffer("d pool", 16, 16, 16, 196608L);
    final Tensor outInferred = buffer("pool", 16, 16, 16, 65536L);

    void forward() {
      ops.maxPoolForward(out, winners, stem.out, POOL_2X2_STRIDE2_PADDING0); // 16x16x16
    }

    void backward() {
      ops.maxPoolBackward(stem.dOut, dOut, winners, POOL_2X2_STRIDE2_PADDING0);
    }

    void infer() {
      ops.maxPoolInference(outInferred, stem.outInferred, POOL_2X2_STRIDE2_PADDING0); // 16x16x16
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("pool", "MaxPool 2x2 /2", 16, 16, 16, 0L, 0L);
    }
  }

  /**
   * stage.0: 5 layers, to 32x8x8.
   */
  private final class StageUnit0 extends Layer {
    final Tensor firstConv = activation("stage.0.first.conv", 8, 8, 32, 147456L);
    final Tensor first = activation("stage.0.first", 8, 8, 32, 155648L);
    final Tensor firstMask = bits("stage.0.first.mask", 8, 8, 32, 241664L);
    final Tensor secondConv = activation("stage.0.second.conv", 8, 8, 32, 163840L);
    final Tensor shortcutConv = activation("stage.0.shortcut.conv", 8, 8, 32, 172032L);
    final Tensor out = activation("stage.0.out", 8, 8, 32, 180224L);
    final Tensor outMask = bits("stage.0.out.mask", 8, 8, 32, 196608L);
    final Tensor dOut = buffer("d stage.0.out", 8, 8, 32, 188416L);
    final Tensor dSecondConv = buffer("d stage.0.second.conv", 8, 8, 32, 221184L);
    final Tensor dShortcutConv = buffer("d stage.0.shortcut.conv", 8, 8, 32, 229376L);
    final Tensor dFirst = buffer("d stage.0.first", 8, 8, 32, 163840L);
    final Tensor dFirstConv = buffer("d stage.0.first.conv", 8, 8, 32, 163840L);
    final Tensor firstInferred = buffer("stage.0.first", 8, 8, 32, 0L);
    final Tensor secondInferred = buffer("stage.0.second", 8, 8, 32, 8192L);
    final Tensor shortcutInferred = buffer("stage.0.shortcut", 8, 8, 32, 0L);
    final Tensor outInferred = buffer("stage.0.out", 8, 8, 32, 16384L);
    final Parameter firstWeight = convWeight("stage.0.first.weight", 32, 16, 3, 3, 1);
    final BatchNorm firstNorm = batchNorm("stage.0.first.norm", 32);
    final Epilogue firstEpilogue = Epilogue.of(firstNorm).relu(firstMask);
    final Parameter secondWeight = convWeight("stage.0.second.weight", 32, 32, 3, 3, 1);
    final Parameter shortcutWeight = convWeight("stage.0.shortcut.weight", 32, 16, 1, 1, 1);
    final BatchNorm secondNorm = batchNorm("stage.0.second.norm", 32);
    final Excitation recalibrated = excitation("stage.0.recalibrated", 32, 2, true);
    final BatchNorm shortcutNorm = batchNorm("stage.0.shortcut.norm", 32);
    final Epilogue outEpilogue = Epilogue.of(secondNorm).excite(recalibrated).add(shortcutNorm).relu(outMask);
    final Tensor firstWeightFolded = foldedWeight(firstWeight);
    final Tensor firstWeightFoldedBias = foldedBias(firstWeight);
    final Tensor secondWeightFolded = foldedWeight(secondWeight);
    final Tensor secondWeightFoldedBias = foldedBias(secondWeight);
    final Tensor shortcutWeightFolded = foldedWeight(shortcutWeight);
    final Tensor shortcutWeightFoldedBias = foldedBias(shortcutWeight);

    void forward() {
      ops.convolutionForward(firstConv, pool.out, firstWeight, CONV_3X3_STRIDE2); // 32x8x8
      ops.batchNormMoments(firstNorm, firstConv);
      ops.batchNormStatistics(firstEpilogue, 64);
      ops.batchNormForward(first, firstConv, firstEpilogue); // 32x8x8
      ops.convolutionForward(secondConv, first, secondWeight, CONV_3X3); // 32x8x8
      ops.convolutionForward(shortcutConv, pool.out, shortcutWeight, CONV_1X1_STRIDE2); // 32x8x8
      ops.batchNormMoments(secondNorm, secondConv);
      ops.batchNormMoments(shortcutNorm, shortcutConv);
      ops.batchNormStatistics(outEpilogue, 64);
      ops.batchNormAddForward(out, secondConv, shortcutConv, outEpilogue); // 32x8x8
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, secondConv, shortcutConv);
      ops.batchNormBackwardStatistics(outEpilogue, 64);
      ops.batchNormAddBackward(dSecondConv, dShortcutConv, dOut, out, secondConv, shortcutConv,
          outEpilogue);
      ops.convolutionBackwardWeights(shortcutWeight, pool.out, dShortcutConv, CONV_1X1_STRIDE2);
      ops.convolutionBackwardData(pool.dOut, dShortcutConv, shortcutWeight, CONV_1X1_STRIDE2);
      ops.convolutionBackwardWeights(secondWeight, first, dSecondConv, CONV_3X3);
      ops.convolutionBackwardData(dFirst, dSecondConv, secondWeight, CONV_3X3);
      ops.batchNormBackwardSums(firstEpilogue, dFirst, first, firstConv);
      ops.batchNormBackwardStatistics(firstEpilogue, 64);
      ops.batchNormBackward(dFirstConv, dFirst, first, firstConv, firstEpilogue);
      ops.convolutionBackwardWeights(firstWeight, pool.out, dFirstConv, CONV_3X3_STRIDE2);
      ops.convolutionBackwardDataAccumulate(pool.dOut, dFirstConv, firstWeight, CONV_3X3_STRIDE2);
    }

    void fold() {
      ops.foldBatchNorm(firstWeightFolded, firstWeightFoldedBias, firstWeight, firstNorm);
      ops.foldBatchNorm(secondWeightFolded, secondWeightFoldedBias, secondWeight, secondNorm);
      ops.foldBatchNorm(shortcutWeightFolded, shortcutWeightFoldedBias, shortcutWeight,
          shortcutNorm);
    }

    void infer() {
      ops.convolutionInference(firstInferred, pool.outInferred, firstWeightFolded,
          firstWeightFoldedBias, Activation.RELU, CONV_3X3_STRIDE2); // 32x8x8
      ops.convolutionInference(secondInferred, firstInferred, secondWeightFolded,
          secondWeightFoldedBias, Activation.NONE, CONV_3X3); // 32x8x8
      ops.convolutionInference(shortcutInferred, pool.outInferred, shortcutWeightFolded,
          shortcutWeightFoldedBias, Activation.NONE, CONV_1X1_STRIDE2); // 32x8x8
      ops.exciteForward(recalibrated, secondInferred);
      ops.scaleAddInference(outInferred, secondInferred, shortcutInferred, recalibrated,
          Activation.RELU); // 32x8x8
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage.0.first", "Conv 3x3 /2", 32, 8, 8, 4672L, 294912L);
      summary.layer("stage.0.second", "Conv 3x3", 32, 8, 8, 9280L, 589824L);
      summary.layer("stage.0.recalibrated", "SqueezeExcite", 32, 8, 8, 162L, 128L);
      summary.layer("stage.0.shortcut", "Shortcut /2", 32, 8, 8, 576L, 32768L);
      summary.layer("stage.0.out", "Add", 32, 8, 8, 0L, 0L);
    }
  }

  /**
   * features: GlobalAveragePool, to 32x1x1.
   */
  private final class FeaturesLayer extends Layer {
    final Tensor out = activation("features", 1, 1, 32, 188416L);
    final Tensor dOut = buffer("d features", 1, 1, 32, 197120L);
    final Tensor outInferred = buffer("features", 1, 1, 32, 0L);

    void forward() {
      ops.globalAveragePoolForward(out, stageUnit0.out); // 32x1x1
    }

    void backward() {
      ops.globalAveragePoolBackward(stageUnit0.dOut, dOut);
    }

    void infer() {
      ops.globalAveragePoolForward(outInferred, stageUnit0.outInferred); // 32x1x1
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
      return "dev.selkie.samples.Tiny";
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
