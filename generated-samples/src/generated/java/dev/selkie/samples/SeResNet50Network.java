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
 * Training and inference of {@link SeResNet50}.
 *
 * <p>28,088,024 parameters, 4,091,699,200 multiply-adds for one image of 3x224x224.
 *
 * <pre>
 * memory of the training arena, in bytes
 *   parameters             112,352,128
 *   their gradients        112,352,128
 *   statistics, folded     94,775,808
 *   per sample, kept       1,280,704
 *   per sample, planned    87,701,376  (unshared 221,194,112, alive at once 87,701,376)
 *   whole                  88,982,080 * batch + 319,480,064
 * </pre>
 */
@Generated("dev.selkie.processor.NetworkProcessor")
@MadeOf(SeBottleneckSidecar.class)
public final class SeResNet50Network extends GeneratedNetwork {
  private static final Layout LAYOUT = Layout.EMPTY
      .withDecayed(112071424L)
      .withPlain(280704L)
      .withFixed(94775808L)
      .withWorkspace(1280704L)
      .withPlanned(87701376L);

  private static final ConvGeometry CONV_1X1 = new ConvGeometry(1, 1, 1, 1, 0, 0, 1);
  private static final ConvGeometry CONV_1X1_STRIDE2 = new ConvGeometry(1, 1, 2, 1, 0, 0, 1);
  private static final ConvGeometry CONV_3X3 = new ConvGeometry(3, 3, 1, 1, 1, 1, 1);
  private static final ConvGeometry CONV_3X3_STRIDE2 = new ConvGeometry(3, 3, 2, 1, 1, 1, 1);
  private static final ConvGeometry CONV_7X7_STRIDE2 = new ConvGeometry(7, 7, 2, 1, 3, 3, 1);
  private static final PoolGeometry POOL_3X3_STRIDE2_PADDING1 = new PoolGeometry(3, 2, 1, true);
  private final StemLayer stem = new StemLayer();
  private final PoolLayer pool = new PoolLayer();
  private final Stage1Unit0 stage1Unit0 = new Stage1Unit0();
  private final Stage1Unit1 stage1Unit1 = new Stage1Unit1();
  private final Stage1Unit2 stage1Unit2 = new Stage1Unit2();
  private final Stage2Unit0 stage2Unit0 = new Stage2Unit0();
  private final Stage2Unit1 stage2Unit1 = new Stage2Unit1();
  private final Stage2Unit2 stage2Unit2 = new Stage2Unit2();
  private final Stage2Unit3 stage2Unit3 = new Stage2Unit3();
  private final Stage3Unit0 stage3Unit0 = new Stage3Unit0();
  private final Stage3Unit1 stage3Unit1 = new Stage3Unit1();
  private final Stage3Unit2 stage3Unit2 = new Stage3Unit2();
  private final Stage3Unit3 stage3Unit3 = new Stage3Unit3();
  private final Stage3Unit4 stage3Unit4 = new Stage3Unit4();
  private final Stage3Unit5 stage3Unit5 = new Stage3Unit5();
  private final Stage4Unit0 stage4Unit0 = new Stage4Unit0();
  private final Stage4Unit1 stage4Unit1 = new Stage4Unit1();
  private final Stage4Unit2 stage4Unit2 = new Stage4Unit2();
  private final FeaturesLayer features = new FeaturesLayer();
  private final LogitsLayer logits = new LogitsLayer();

  private SeResNet50Network(Device device, Batch batch) {
    super("dev.selkie.samples.SeResNet50", "0.1.0-SNAPSHOT", device, batch, LAYOUT, 3, 224, 224,
        1000);
    declared();
  }

  /**
   * The network on a device, with its arena; close it when done.
   *
   * @param device where it computes
   * @param batch images per step
   * @return the network, its parameters initialised from seed 0
   */
  public static SeResNet50Network on(Device device, Batch batch) {
    return new SeResNet50Network(device, batch);
  }

  @Override
  protected void forwardLayers() {
    stem.forward();
    pool.forward();
    stage1Unit0.forward();
    stage1Unit1.forward();
    stage1Unit2.forward();
    stage2Unit0.forward();
    stage2Unit1.forward();
    stage2Unit2.forward();
    stage2Unit3.forward();
    stage3Unit0.forward();
    stage3Unit1.forward();
    stage3Unit2.forward();
    stage3Unit3.forward();
    stage3Unit4.forward();
    stage3Unit5.forward();
    stage4Unit0.forward();
    stage4Unit1.forward();
    stage4Unit2.forward();
    features.forward();
    logits.forward();
  }

  @Override
  protected void backwardLayers() {
    logits.backward();
    features.backward();
    stage4Unit2.backward();
    stage4Unit1.backward();
    stage4Unit0.backward();
    stage3Unit5.backward();
    stage3Unit4.backward();
    stage3Unit3.backward();
    stage3Unit2.backward();
    stage3Unit1.backward();
    stage3Unit0.backward();
    stage2Unit3.backward();
    stage2Unit2.backward();
    stage2Unit1.backward();
    stage2Unit0.backward();
    stage1Unit2.backward();
    stage1Unit1.backward();
    stage1Unit0.backward();
    pool.backward();
    stem.backward();
  }

  @Override
  protected void foldLayers() {
    stem.fold();
    stage1Unit0.fold();
    stage1Unit1.fold();
    stage1Unit2.fold();
    stage2Unit0.fold();
    stage2Unit1.fold();
    stage2Unit2.fold();
    stage2Unit3.fold();
    stage3Unit0.fold();
    stage3Unit1.fold();
    stage3Unit2.fold();
    stage3Unit3.fold();
    stage3Unit4.fold();
    stage3Unit5.fold();
    stage4Unit0.fold();
    stage4Unit1.fold();
    stage4Unit2.fold();
  }

  @Override
  protected void inferLayers() {
    stem.infer();
    pool.infer();
    stage1Unit0.infer();
    stage1Unit1.infer();
    stage1Unit2.infer();
    stage2Unit0.infer();
    stage2Unit1.infer();
    stage2Unit2.infer();
    stage2Unit3.infer();
    stage3Unit0.infer();
    stage3Unit1.infer();
    stage3Unit2.infer();
    stage3Unit3.infer();
    stage3Unit4.infer();
    stage3Unit5.infer();
    stage4Unit0.infer();
    stage4Unit1.infer();
    stage4Unit2.infer();
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
    NetworkSummary.Builder summary = new NetworkSummary.Builder("dev.selkie.samples.SeResNet50");
    StemLayer.describe(summary);
    PoolLayer.describe(summary);
    Stage1Unit0.describe(summary);
    Stage1Unit1.describe(summary);
    Stage1Unit2.describe(summary);
    Stage2Unit0.describe(summary);
    Stage2Unit1.describe(summary);
    Stage2Unit2.describe(summary);
    Stage2Unit3.describe(summary);
    Stage3Unit0.describe(summary);
    Stage3Unit1.describe(summary);
    Stage3Unit2.describe(summary);
    Stage3Unit3.describe(summary);
    Stage3Unit4.describe(summary);
    Stage3Unit5.describe(summary);
    Stage4Unit0.describe(summary);
    Stage4Unit1.describe(summary);
    Stage4Unit2.describe(summary);
    FeaturesLayer.describe(summary);
    LogitsLayer.describe(summary);
    return summary.build(LAYOUT);
  }

  /**
   * stem: Conv 7x7 /2, to 64x112x112.
   */
  private final class StemLayer extends Layer {
    final Tensor conv = activation("stem.conv", 112, 112, 64, 0L);
    final Tensor out = activation("stem", 112, 112, 64, 3211264L);
    final Tensor mask = bits("stem.mask", 112, 112, 64, 79880192L);
    final Tensor dOut = buffer("d stem", 112, 112, 64, 6422528L);
    final Tensor dConv = buffer("d stem.conv", 112, 112, 64, 6422528L);
    final Tensor outInferred = buffer("stem", 112, 112, 64, 0L);
    final Parameter weight = convWeight("stem.weight", 64, 3, 7, 7, 1);
    final BatchNorm norm = batchNorm("stem.norm", 64);
    final Epilogue epilogue = Epilogue.of(norm).relu(mask);
    final Tensor weightFolded = foldedWeight(weight);
    final Tensor weightFoldedBias = foldedBias(weight);

    void forward() {
      ops.convolutionForward(conv, input(), weight, CONV_7X7_STRIDE2); // 64x112x112
      ops.batchNormMoments(norm, conv);
      ops.batchNormStatistics(epilogue, 12544);
      ops.batchNormForward(out, conv, epilogue); // 64x112x112
    }

    void backward() {
      ops.batchNormBackwardSums(epilogue, dOut, out, conv);
      ops.batchNormBackwardStatistics(epilogue, 12544);
      ops.batchNormBackward(dConv, dOut, out, conv, epilogue);
      ops.convolutionBackwardWeights(weight, input(), dConv, CONV_7X7_STRIDE2);
    }

    void fold() {
      ops.foldBatchNorm(weightFolded, weightFoldedBias, weight, norm);
    }

    void infer() {
      ops.convolutionInference(outInferred, input(), weightFolded, weightFoldedBias,
          Activation.RELU, CONV_7X7_STRIDE2); // 64x112x112
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stem", "Conv 7x7 /2", 64, 112, 112, 9536L, 118013952L);
    }
  }

  /**
   * pool: MaxPool 3x3 /2, to 64x56x56.
   */
  private final class PoolLayer extends Layer {
    final Tensor out = activation("pool", 56, 56, 64, 51380224L);
    final Tensor winners = bytes("pool.winners", 56, 56, 64, 71450624L);
    final Tensor dOut = buffer("d pool", 56, 56, 64, 9633792L);
    final Tensor outInferred = buffer("pool", 56, 56, 64, 6422528L);

    void forward() {
      ops.maxPoolForward(out, winners, stem.out, POOL_3X3_STRIDE2_PADDING1); // 64x56x56
    }

    void backward() {
      ops.maxPoolBackward(stem.dOut, dOut, winners, POOL_3X3_STRIDE2_PADDING1);
    }

    void infer() {
      ops.maxPoolInference(outInferred, stem.outInferred, POOL_3X3_STRIDE2_PADDING1); // 64x56x56
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("pool", "MaxPool 3x3 /2", 64, 56, 56, 0L, 0L);
    }
  }

  /**
   * stage1.0: 6 layers, to 256x56x56.
   */
  private final class Stage1Unit0 extends Layer {
    final Tensor reduceConv = activation("stage1.0.reduce.conv", 56, 56, 64, 52183040L);
    final Tensor reduce = activation("stage1.0.reduce", 56, 56, 64, 52985856L);
    final Tensor reduceMask = bits("stage1.0.reduce.mask", 56, 56, 64, 86603776L);
    final Tensor spatialConv = activation("stage1.0.spatial.conv", 56, 56, 64, 53788672L);
    final Tensor spatial = activation("stage1.0.spatial", 56, 56, 64, 54591488L);
    final Tensor spatialMask = bits("stage1.0.spatial.mask", 56, 56, 64, 86653952L);
    final Tensor expandConv = activation("stage1.0.expand.conv", 56, 56, 256, 6422528L);
    final Tensor shortcutConv = activation("stage1.0.shortcut.conv", 56, 56, 256, 9633792L);
    final Tensor out = activation("stage1.0.out", 56, 56, 256, 12845056L);
    final Tensor outMask = bits("stage1.0.out.mask", 56, 56, 256, 80080896L);
    final Tensor dOut = buffer("d stage1.0.out", 56, 56, 256, 25690112L);
    final Tensor dExpandConv = buffer("d stage1.0.expand.conv", 56, 56, 256, 16056320L);
    final Tensor dShortcutConv = buffer("d stage1.0.shortcut.conv", 56, 56, 256, 19267584L);
    final Tensor dSpatial = buffer("d stage1.0.spatial", 56, 56, 64, 6422528L);
    final Tensor dSpatialConv = buffer("d stage1.0.spatial.conv", 56, 56, 64, 6422528L);
    final Tensor dReduce = buffer("d stage1.0.reduce", 56, 56, 64, 7225344L);
    final Tensor dReduceConv = buffer("d stage1.0.reduce.conv", 56, 56, 64, 7225344L);
    final Tensor reduceInferred = buffer("stage1.0.reduce", 56, 56, 64, 0L);
    final Tensor spatialInferred = buffer("stage1.0.spatial", 56, 56, 64, 3211264L);
    final Tensor expandInferred = buffer("stage1.0.expand", 56, 56, 256, 0L);
    final Tensor shortcutInferred = buffer("stage1.0.shortcut", 56, 56, 256, 3211264L);
    final Tensor outInferred = buffer("stage1.0.out", 56, 56, 256, 6422528L);
    final Parameter reduceWeight = convWeight("stage1.0.reduce.weight", 64, 64, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage1.0.reduce.norm", 64);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage1.0.spatial.weight", 64, 64, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage1.0.spatial.norm", 64);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage1.0.expand.weight", 256, 64, 1, 1, 1);
    final Parameter shortcutWeight = convWeight("stage1.0.shortcut.weight", 256, 64, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage1.0.expand.norm", 256);
    final Excitation recalibrated = excitation("stage1.0.recalibrated", 256, 16, true);
    final BatchNorm shortcutNorm = batchNorm("stage1.0.shortcut.norm", 256);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add(shortcutNorm).relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);
    final Tensor shortcutWeightFolded = foldedWeight(shortcutWeight);
    final Tensor shortcutWeightFoldedBias = foldedBias(shortcutWeight);

    void forward() {
      ops.convolutionForward(reduceConv, pool.out, reduceWeight, CONV_1X1); // 64x56x56
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 3136);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 64x56x56
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 64x56x56
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 3136);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 64x56x56
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 256x56x56
      ops.convolutionForward(shortcutConv, pool.out, shortcutWeight, CONV_1X1); // 256x56x56
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormMoments(shortcutNorm, shortcutConv);
      ops.batchNormStatistics(outEpilogue, 3136);
      ops.batchNormAddForward(out, expandConv, shortcutConv, outEpilogue); // 256x56x56
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, shortcutConv);
      ops.batchNormBackwardStatistics(outEpilogue, 3136);
      ops.batchNormAddBackward(dExpandConv, dShortcutConv, dOut, out, expandConv, shortcutConv,
          outEpilogue);
      ops.convolutionBackwardWeights(shortcutWeight, pool.out, dShortcutConv, CONV_1X1);
      ops.convolutionBackwardData(pool.dOut, dShortcutConv, shortcutWeight, CONV_1X1);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 3136);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 3136);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, pool.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(pool.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
      ops.foldBatchNorm(shortcutWeightFolded, shortcutWeightFoldedBias, shortcutWeight,
          shortcutNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, pool.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 64x56x56
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 64x56x56
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 256x56x56
      ops.convolutionInference(shortcutInferred, pool.outInferred, shortcutWeightFolded,
          shortcutWeightFoldedBias, Activation.NONE, CONV_1X1); // 256x56x56
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, shortcutInferred, recalibrated,
          Activation.RELU); // 256x56x56
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage1.0.reduce", "Conv 1x1", 64, 56, 56, 4224L, 12845056L);
      summary.layer("stage1.0.spatial", "Conv 3x3", 64, 56, 56, 36992L, 115605504L);
      summary.layer("stage1.0.expand", "Conv 1x1", 256, 56, 56, 16896L, 51380224L);
      summary.layer("stage1.0.recalibrated", "SqueezeExcite", 256, 56, 56, 8464L, 8192L);
      summary.layer("stage1.0.shortcut", "Shortcut", 256, 56, 56, 16896L, 51380224L);
      summary.layer("stage1.0.out", "Add", 256, 56, 56, 0L, 0L);
    }
  }

  /**
   * stage1.1: 6 layers, to 256x56x56.
   */
  private final class Stage1Unit1 extends Layer {
    final Tensor reduceConv = activation("stage1.1.reduce.conv", 56, 56, 64, 55394304L);
    final Tensor reduce = activation("stage1.1.reduce", 56, 56, 64, 56197120L);
    final Tensor reduceMask = bits("stage1.1.reduce.mask", 56, 56, 64, 86704128L);
    final Tensor spatialConv = activation("stage1.1.spatial.conv", 56, 56, 64, 56999936L);
    final Tensor spatial = activation("stage1.1.spatial", 56, 56, 64, 57802752L);
    final Tensor spatialMask = bits("stage1.1.spatial.mask", 56, 56, 64, 86754304L);
    final Tensor expandConv = activation("stage1.1.expand.conv", 56, 56, 256, 16056320L);
    final Tensor out = activation("stage1.1.out", 56, 56, 256, 19267584L);
    final Tensor outMask = bits("stage1.1.out.mask", 56, 56, 256, 80281600L);
    final Tensor dOut = buffer("d stage1.1.out", 56, 56, 256, 35323904L);
    final Tensor dExpandConv = buffer("d stage1.1.expand.conv", 56, 56, 256, 22478848L);
    final Tensor dSpatial = buffer("d stage1.1.spatial", 56, 56, 64, 16056320L);
    final Tensor dSpatialConv = buffer("d stage1.1.spatial.conv", 56, 56, 64, 16056320L);
    final Tensor dReduce = buffer("d stage1.1.reduce", 56, 56, 64, 16859136L);
    final Tensor dReduceConv = buffer("d stage1.1.reduce.conv", 56, 56, 64, 16859136L);
    final Tensor reduceInferred = buffer("stage1.1.reduce", 56, 56, 64, 0L);
    final Tensor spatialInferred = buffer("stage1.1.spatial", 56, 56, 64, 3211264L);
    final Tensor expandInferred = buffer("stage1.1.expand", 56, 56, 256, 0L);
    final Tensor outInferred = buffer("stage1.1.out", 56, 56, 256, 3211264L);
    final Parameter reduceWeight = convWeight("stage1.1.reduce.weight", 64, 256, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage1.1.reduce.norm", 64);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage1.1.spatial.weight", 64, 64, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage1.1.spatial.norm", 64);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage1.1.expand.weight", 256, 64, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage1.1.expand.norm", 256);
    final Excitation recalibrated = excitation("stage1.1.recalibrated", 256, 16, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage1Unit0.out, reduceWeight, CONV_1X1); // 64x56x56
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 3136);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 64x56x56
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 64x56x56
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 3136);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 64x56x56
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 256x56x56
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 3136);
      ops.batchNormAddForward(out, expandConv, stage1Unit0.out, outEpilogue); // 256x56x56
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage1Unit0.out);
      ops.batchNormBackwardStatistics(outEpilogue, 3136);
      ops.batchNormAddBackward(dExpandConv, stage1Unit0.dOut, dOut, out, expandConv,
          stage1Unit0.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 3136);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 3136);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage1Unit0.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage1Unit0.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage1Unit0.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 64x56x56
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 64x56x56
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 256x56x56
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage1Unit0.outInferred, recalibrated,
          Activation.RELU); // 256x56x56
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage1.1.reduce", "Conv 1x1", 64, 56, 56, 16512L, 51380224L);
      summary.layer("stage1.1.spatial", "Conv 3x3", 64, 56, 56, 36992L, 115605504L);
      summary.layer("stage1.1.expand", "Conv 1x1", 256, 56, 56, 16896L, 51380224L);
      summary.layer("stage1.1.recalibrated", "SqueezeExcite", 256, 56, 56, 8464L, 8192L);
      summary.layer("stage1.1.shortcut", "Shortcut", 256, 56, 56, 0L, 0L);
      summary.layer("stage1.1.out", "Add", 256, 56, 56, 0L, 0L);
    }
  }

  /**
   * stage1.2: 6 layers, to 256x56x56.
   */
  private final class Stage1Unit2 extends Layer {
    final Tensor reduceConv = activation("stage1.2.reduce.conv", 56, 56, 64, 58605568L);
    final Tensor reduce = activation("stage1.2.reduce", 56, 56, 64, 59408384L);
    final Tensor reduceMask = bits("stage1.2.reduce.mask", 56, 56, 64, 86804480L);
    final Tensor spatialConv = activation("stage1.2.spatial.conv", 56, 56, 64, 60211200L);
    final Tensor spatial = activation("stage1.2.spatial", 56, 56, 64, 61014016L);
    final Tensor spatialMask = bits("stage1.2.spatial.mask", 56, 56, 64, 86854656L);
    final Tensor expandConv = activation("stage1.2.expand.conv", 56, 56, 256, 22478848L);
    final Tensor out = activation("stage1.2.out", 56, 56, 256, 25690112L);
    final Tensor outMask = bits("stage1.2.out.mask", 56, 56, 256, 80482304L);
    final Tensor dOut = buffer("d stage1.2.out", 56, 56, 256, 28901376L);
    final Tensor dExpandConv = buffer("d stage1.2.expand.conv", 56, 56, 256, 32112640L);
    final Tensor dSpatial = buffer("d stage1.2.spatial", 56, 56, 64, 22478848L);
    final Tensor dSpatialConv = buffer("d stage1.2.spatial.conv", 56, 56, 64, 22478848L);
    final Tensor dReduce = buffer("d stage1.2.reduce", 56, 56, 64, 23281664L);
    final Tensor dReduceConv = buffer("d stage1.2.reduce.conv", 56, 56, 64, 23281664L);
    final Tensor reduceInferred = buffer("stage1.2.reduce", 56, 56, 64, 0L);
    final Tensor spatialInferred = buffer("stage1.2.spatial", 56, 56, 64, 6422528L);
    final Tensor expandInferred = buffer("stage1.2.expand", 56, 56, 256, 0L);
    final Tensor outInferred = buffer("stage1.2.out", 56, 56, 256, 6422528L);
    final Parameter reduceWeight = convWeight("stage1.2.reduce.weight", 64, 256, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage1.2.reduce.norm", 64);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage1.2.spatial.weight", 64, 64, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage1.2.spatial.norm", 64);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage1.2.expand.weight", 256, 64, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage1.2.expand.norm", 256);
    final Excitation recalibrated = excitation("stage1.2.recalibrated", 256, 16, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage1Unit1.out, reduceWeight, CONV_1X1); // 64x56x56
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 3136);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 64x56x56
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 64x56x56
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 3136);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 64x56x56
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 256x56x56
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 3136);
      ops.batchNormAddForward(out, expandConv, stage1Unit1.out, outEpilogue); // 256x56x56
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage1Unit1.out);
      ops.batchNormBackwardStatistics(outEpilogue, 3136);
      ops.batchNormAddBackward(dExpandConv, stage1Unit1.dOut, dOut, out, expandConv,
          stage1Unit1.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 3136);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 3136);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage1Unit1.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage1Unit1.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage1Unit1.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 64x56x56
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 64x56x56
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 256x56x56
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage1Unit1.outInferred, recalibrated,
          Activation.RELU); // 256x56x56
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage1.2.reduce", "Conv 1x1", 64, 56, 56, 16512L, 51380224L);
      summary.layer("stage1.2.spatial", "Conv 3x3", 64, 56, 56, 36992L, 115605504L);
      summary.layer("stage1.2.expand", "Conv 1x1", 256, 56, 56, 16896L, 51380224L);
      summary.layer("stage1.2.recalibrated", "SqueezeExcite", 256, 56, 56, 8464L, 8192L);
      summary.layer("stage1.2.shortcut", "Shortcut", 256, 56, 56, 0L, 0L);
      summary.layer("stage1.2.out", "Add", 256, 56, 56, 0L, 0L);
    }
  }

  /**
   * stage2.0: 6 layers, to 512x28x28.
   */
  private final class Stage2Unit0 extends Layer {
    final Tensor reduceConv = activation("stage2.0.reduce.conv", 56, 56, 128, 32112640L);
    final Tensor reduce = activation("stage2.0.reduce", 56, 56, 128, 33718272L);
    final Tensor reduceMask = bits("stage2.0.reduce.mask", 56, 56, 128, 85098496L);
    final Tensor spatialConv = activation("stage2.0.spatial.conv", 28, 28, 128, 71852032L);
    final Tensor spatial = activation("stage2.0.spatial", 28, 28, 128, 72253440L);
    final Tensor spatialMask = bits("stage2.0.spatial.mask", 28, 28, 128, 87256064L);
    final Tensor expandConv = activation("stage2.0.expand.conv", 28, 28, 512, 28901376L);
    final Tensor shortcutConv = activation("stage2.0.shortcut.conv", 28, 28, 512, 30507008L);
    final Tensor out = activation("stage2.0.out", 28, 28, 512, 35323904L);
    final Tensor outMask = bits("stage2.0.out.mask", 28, 28, 512, 85198848L);
    final Tensor dOut = buffer("d stage2.0.out", 28, 28, 512, 41746432L);
    final Tensor dExpandConv = buffer("d stage2.0.expand.conv", 28, 28, 512, 36929536L);
    final Tensor dShortcutConv = buffer("d stage2.0.shortcut.conv", 28, 28, 512, 38535168L);
    final Tensor dSpatial = buffer("d stage2.0.spatial", 28, 28, 128, 38535168L);
    final Tensor dSpatialConv = buffer("d stage2.0.spatial.conv", 28, 28, 128, 38535168L);
    final Tensor dReduce = buffer("d stage2.0.reduce", 56, 56, 128, 35323904L);
    final Tensor dReduceConv = buffer("d stage2.0.reduce.conv", 56, 56, 128, 35323904L);
    final Tensor reduceInferred = buffer("stage2.0.reduce", 56, 56, 128, 0L);
    final Tensor spatialInferred = buffer("stage2.0.spatial", 28, 28, 128, 1605632L);
    final Tensor expandInferred = buffer("stage2.0.expand", 28, 28, 512, 0L);
    final Tensor shortcutInferred = buffer("stage2.0.shortcut", 28, 28, 512, 1605632L);
    final Tensor outInferred = buffer("stage2.0.out", 28, 28, 512, 3211264L);
    final Parameter reduceWeight = convWeight("stage2.0.reduce.weight", 128, 256, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage2.0.reduce.norm", 128);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage2.0.spatial.weight", 128, 128, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage2.0.spatial.norm", 128);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage2.0.expand.weight", 512, 128, 1, 1, 1);
    final Parameter shortcutWeight = convWeight("stage2.0.shortcut.weight", 512, 256, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage2.0.expand.norm", 512);
    final Excitation recalibrated = excitation("stage2.0.recalibrated", 512, 32, true);
    final BatchNorm shortcutNorm = batchNorm("stage2.0.shortcut.norm", 512);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add(shortcutNorm).relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);
    final Tensor shortcutWeightFolded = foldedWeight(shortcutWeight);
    final Tensor shortcutWeightFoldedBias = foldedBias(shortcutWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage1Unit2.out, reduceWeight, CONV_1X1); // 128x56x56
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 3136);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 128x56x56
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3_STRIDE2); // 128x28x28
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 784);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 128x28x28
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 512x28x28
      ops.convolutionForward(shortcutConv, stage1Unit2.out, shortcutWeight,
          CONV_1X1_STRIDE2); // 512x28x28
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormMoments(shortcutNorm, shortcutConv);
      ops.batchNormStatistics(outEpilogue, 784);
      ops.batchNormAddForward(out, expandConv, shortcutConv, outEpilogue); // 512x28x28
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, shortcutConv);
      ops.batchNormBackwardStatistics(outEpilogue, 784);
      ops.batchNormAddBackward(dExpandConv, dShortcutConv, dOut, out, expandConv, shortcutConv,
          outEpilogue);
      ops.convolutionBackwardWeights(shortcutWeight, stage1Unit2.out, dShortcutConv,
          CONV_1X1_STRIDE2);
      ops.convolutionBackwardData(stage1Unit2.dOut, dShortcutConv, shortcutWeight,
          CONV_1X1_STRIDE2);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 784);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3_STRIDE2);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3_STRIDE2);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 3136);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage1Unit2.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage1Unit2.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
      ops.foldBatchNorm(shortcutWeightFolded, shortcutWeightFoldedBias, shortcutWeight,
          shortcutNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage1Unit2.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 128x56x56
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3_STRIDE2); // 128x28x28
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 512x28x28
      ops.convolutionInference(shortcutInferred, stage1Unit2.outInferred, shortcutWeightFolded,
          shortcutWeightFoldedBias, Activation.NONE, CONV_1X1_STRIDE2); // 512x28x28
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, shortcutInferred, recalibrated,
          Activation.RELU); // 512x28x28
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage2.0.reduce", "Conv 1x1", 128, 56, 56, 33024L, 102760448L);
      summary.layer("stage2.0.spatial", "Conv 3x3 /2", 128, 28, 28, 147712L, 115605504L);
      summary.layer("stage2.0.expand", "Conv 1x1", 512, 28, 28, 66560L, 51380224L);
      summary.layer("stage2.0.recalibrated", "SqueezeExcite", 512, 28, 28, 33312L, 32768L);
      summary.layer("stage2.0.shortcut", "Shortcut /2", 512, 28, 28, 132096L, 102760448L);
      summary.layer("stage2.0.out", "Add", 512, 28, 28, 0L, 0L);
    }
  }

  /**
   * stage2.1: 6 layers, to 512x28x28.
   */
  private final class Stage2Unit1 extends Layer {
    final Tensor reduceConv = activation("stage2.1.reduce.conv", 28, 28, 128, 72654848L);
    final Tensor reduce = activation("stage2.1.reduce", 28, 28, 128, 73056256L);
    final Tensor reduceMask = bits("stage2.1.reduce.mask", 28, 28, 128, 87281152L);
    final Tensor spatialConv = activation("stage2.1.spatial.conv", 28, 28, 128, 73457664L);
    final Tensor spatial = activation("stage2.1.spatial", 28, 28, 128, 73859072L);
    final Tensor spatialMask = bits("stage2.1.spatial.mask", 28, 28, 128, 87306240L);
    final Tensor expandConv = activation("stage2.1.expand.conv", 28, 28, 512, 36929536L);
    final Tensor out = activation("stage2.1.out", 28, 28, 512, 38535168L);
    final Tensor outMask = bits("stage2.1.out.mask", 28, 28, 512, 85299200L);
    final Tensor dOut = buffer("d stage2.1.out", 28, 28, 512, 44957696L);
    final Tensor dExpandConv = buffer("d stage2.1.expand.conv", 28, 28, 512, 40140800L);
    final Tensor dSpatial = buffer("d stage2.1.spatial", 28, 28, 128, 36929536L);
    final Tensor dSpatialConv = buffer("d stage2.1.spatial.conv", 28, 28, 128, 36929536L);
    final Tensor dReduce = buffer("d stage2.1.reduce", 28, 28, 128, 37330944L);
    final Tensor dReduceConv = buffer("d stage2.1.reduce.conv", 28, 28, 128, 37330944L);
    final Tensor reduceInferred = buffer("stage2.1.reduce", 28, 28, 128, 0L);
    final Tensor spatialInferred = buffer("stage2.1.spatial", 28, 28, 128, 1605632L);
    final Tensor expandInferred = buffer("stage2.1.expand", 28, 28, 512, 0L);
    final Tensor outInferred = buffer("stage2.1.out", 28, 28, 512, 1605632L);
    final Parameter reduceWeight = convWeight("stage2.1.reduce.weight", 128, 512, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage2.1.reduce.norm", 128);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage2.1.spatial.weight", 128, 128, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage2.1.spatial.norm", 128);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage2.1.expand.weight", 512, 128, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage2.1.expand.norm", 512);
    final Excitation recalibrated = excitation("stage2.1.recalibrated", 512, 32, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage2Unit0.out, reduceWeight, CONV_1X1); // 128x28x28
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 784);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 128x28x28
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 128x28x28
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 784);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 128x28x28
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 512x28x28
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 784);
      ops.batchNormAddForward(out, expandConv, stage2Unit0.out, outEpilogue); // 512x28x28
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage2Unit0.out);
      ops.batchNormBackwardStatistics(outEpilogue, 784);
      ops.batchNormAddBackward(dExpandConv, stage2Unit0.dOut, dOut, out, expandConv,
          stage2Unit0.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 784);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 784);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage2Unit0.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage2Unit0.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage2Unit0.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 128x28x28
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 128x28x28
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 512x28x28
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage2Unit0.outInferred, recalibrated,
          Activation.RELU); // 512x28x28
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage2.1.reduce", "Conv 1x1", 128, 28, 28, 65792L, 51380224L);
      summary.layer("stage2.1.spatial", "Conv 3x3", 128, 28, 28, 147712L, 115605504L);
      summary.layer("stage2.1.expand", "Conv 1x1", 512, 28, 28, 66560L, 51380224L);
      summary.layer("stage2.1.recalibrated", "SqueezeExcite", 512, 28, 28, 33312L, 32768L);
      summary.layer("stage2.1.shortcut", "Shortcut", 512, 28, 28, 0L, 0L);
      summary.layer("stage2.1.out", "Add", 512, 28, 28, 0L, 0L);
    }
  }

  /**
   * stage2.2: 6 layers, to 512x28x28.
   */
  private final class Stage2Unit2 extends Layer {
    final Tensor reduceConv = activation("stage2.2.reduce.conv", 28, 28, 128, 74260480L);
    final Tensor reduce = activation("stage2.2.reduce", 28, 28, 128, 74661888L);
    final Tensor reduceMask = bits("stage2.2.reduce.mask", 28, 28, 128, 87331328L);
    final Tensor spatialConv = activation("stage2.2.spatial.conv", 28, 28, 128, 75063296L);
    final Tensor spatial = activation("stage2.2.spatial", 28, 28, 128, 75464704L);
    final Tensor spatialMask = bits("stage2.2.spatial.mask", 28, 28, 128, 87356416L);
    final Tensor expandConv = activation("stage2.2.expand.conv", 28, 28, 512, 40140800L);
    final Tensor out = activation("stage2.2.out", 28, 28, 512, 41746432L);
    final Tensor outMask = bits("stage2.2.out.mask", 28, 28, 512, 85399552L);
    final Tensor dOut = buffer("d stage2.2.out", 28, 28, 512, 49774592L);
    final Tensor dExpandConv = buffer("d stage2.2.expand.conv", 28, 28, 512, 43352064L);
    final Tensor dSpatial = buffer("d stage2.2.spatial", 28, 28, 128, 40140800L);
    final Tensor dSpatialConv = buffer("d stage2.2.spatial.conv", 28, 28, 128, 40140800L);
    final Tensor dReduce = buffer("d stage2.2.reduce", 28, 28, 128, 40542208L);
    final Tensor dReduceConv = buffer("d stage2.2.reduce.conv", 28, 28, 128, 40542208L);
    final Tensor reduceInferred = buffer("stage2.2.reduce", 28, 28, 128, 0L);
    final Tensor spatialInferred = buffer("stage2.2.spatial", 28, 28, 128, 3211264L);
    final Tensor expandInferred = buffer("stage2.2.expand", 28, 28, 512, 0L);
    final Tensor outInferred = buffer("stage2.2.out", 28, 28, 512, 3211264L);
    final Parameter reduceWeight = convWeight("stage2.2.reduce.weight", 128, 512, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage2.2.reduce.norm", 128);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage2.2.spatial.weight", 128, 128, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage2.2.spatial.norm", 128);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage2.2.expand.weight", 512, 128, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage2.2.expand.norm", 512);
    final Excitation recalibrated = excitation("stage2.2.recalibrated", 512, 32, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage2Unit1.out, reduceWeight, CONV_1X1); // 128x28x28
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 784);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 128x28x28
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 128x28x28
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 784);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 128x28x28
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 512x28x28
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 784);
      ops.batchNormAddForward(out, expandConv, stage2Unit1.out, outEpilogue); // 512x28x28
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage2Unit1.out);
      ops.batchNormBackwardStatistics(outEpilogue, 784);
      ops.batchNormAddBackward(dExpandConv, stage2Unit1.dOut, dOut, out, expandConv,
          stage2Unit1.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 784);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 784);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage2Unit1.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage2Unit1.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage2Unit1.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 128x28x28
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 128x28x28
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 512x28x28
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage2Unit1.outInferred, recalibrated,
          Activation.RELU); // 512x28x28
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage2.2.reduce", "Conv 1x1", 128, 28, 28, 65792L, 51380224L);
      summary.layer("stage2.2.spatial", "Conv 3x3", 128, 28, 28, 147712L, 115605504L);
      summary.layer("stage2.2.expand", "Conv 1x1", 512, 28, 28, 66560L, 51380224L);
      summary.layer("stage2.2.recalibrated", "SqueezeExcite", 512, 28, 28, 33312L, 32768L);
      summary.layer("stage2.2.shortcut", "Shortcut", 512, 28, 28, 0L, 0L);
      summary.layer("stage2.2.out", "Add", 512, 28, 28, 0L, 0L);
    }
  }

  /**
   * stage2.3: 6 layers, to 512x28x28.
   */
  private final class Stage2Unit3 extends Layer {
    final Tensor reduceConv = activation("stage2.3.reduce.conv", 28, 28, 128, 75866112L);
    final Tensor reduce = activation("stage2.3.reduce", 28, 28, 128, 76267520L);
    final Tensor reduceMask = bits("stage2.3.reduce.mask", 28, 28, 128, 87381504L);
    final Tensor spatialConv = activation("stage2.3.spatial.conv", 28, 28, 128, 76668928L);
    final Tensor spatial = activation("stage2.3.spatial", 28, 28, 128, 77070336L);
    final Tensor spatialMask = bits("stage2.3.spatial.mask", 28, 28, 128, 87406592L);
    final Tensor expandConv = activation("stage2.3.expand.conv", 28, 28, 512, 43352064L);
    final Tensor out = activation("stage2.3.out", 28, 28, 512, 44957696L);
    final Tensor outMask = bits("stage2.3.out.mask", 28, 28, 512, 85499904L);
    final Tensor dOut = buffer("d stage2.3.out", 28, 28, 512, 46563328L);
    final Tensor dExpandConv = buffer("d stage2.3.expand.conv", 28, 28, 512, 48168960L);
    final Tensor dSpatial = buffer("d stage2.3.spatial", 28, 28, 128, 43352064L);
    final Tensor dSpatialConv = buffer("d stage2.3.spatial.conv", 28, 28, 128, 43352064L);
    final Tensor dReduce = buffer("d stage2.3.reduce", 28, 28, 128, 43753472L);
    final Tensor dReduceConv = buffer("d stage2.3.reduce.conv", 28, 28, 128, 43753472L);
    final Tensor reduceInferred = buffer("stage2.3.reduce", 28, 28, 128, 0L);
    final Tensor spatialInferred = buffer("stage2.3.spatial", 28, 28, 128, 1605632L);
    final Tensor expandInferred = buffer("stage2.3.expand", 28, 28, 512, 0L);
    final Tensor outInferred = buffer("stage2.3.out", 28, 28, 512, 1605632L);
    final Parameter reduceWeight = convWeight("stage2.3.reduce.weight", 128, 512, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage2.3.reduce.norm", 128);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage2.3.spatial.weight", 128, 128, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage2.3.spatial.norm", 128);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage2.3.expand.weight", 512, 128, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage2.3.expand.norm", 512);
    final Excitation recalibrated = excitation("stage2.3.recalibrated", 512, 32, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage2Unit2.out, reduceWeight, CONV_1X1); // 128x28x28
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 784);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 128x28x28
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 128x28x28
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 784);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 128x28x28
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 512x28x28
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 784);
      ops.batchNormAddForward(out, expandConv, stage2Unit2.out, outEpilogue); // 512x28x28
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage2Unit2.out);
      ops.batchNormBackwardStatistics(outEpilogue, 784);
      ops.batchNormAddBackward(dExpandConv, stage2Unit2.dOut, dOut, out, expandConv,
          stage2Unit2.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 784);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 784);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage2Unit2.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage2Unit2.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage2Unit2.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 128x28x28
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 128x28x28
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 512x28x28
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage2Unit2.outInferred, recalibrated,
          Activation.RELU); // 512x28x28
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage2.3.reduce", "Conv 1x1", 128, 28, 28, 65792L, 51380224L);
      summary.layer("stage2.3.spatial", "Conv 3x3", 128, 28, 28, 147712L, 115605504L);
      summary.layer("stage2.3.expand", "Conv 1x1", 512, 28, 28, 66560L, 51380224L);
      summary.layer("stage2.3.recalibrated", "SqueezeExcite", 512, 28, 28, 33312L, 32768L);
      summary.layer("stage2.3.shortcut", "Shortcut", 512, 28, 28, 0L, 0L);
      summary.layer("stage2.3.out", "Add", 512, 28, 28, 0L, 0L);
    }
  }

  /**
   * stage3.0: 6 layers, to 1024x14x14.
   */
  private final class Stage3Unit0 extends Layer {
    final Tensor reduceConv = activation("stage3.0.reduce.conv", 28, 28, 256, 48168960L);
    final Tensor reduce = activation("stage3.0.reduce", 28, 28, 256, 48971776L);
    final Tensor reduceMask = bits("stage3.0.reduce.mask", 28, 28, 256, 86904832L);
    final Tensor spatialConv = activation("stage3.0.spatial.conv", 14, 14, 256, 80683008L);
    final Tensor spatial = activation("stage3.0.spatial", 14, 14, 256, 80883712L);
    final Tensor spatialMask = bits("stage3.0.spatial.mask", 14, 14, 256, 87532032L);
    final Tensor expandConv = activation("stage3.0.expand.conv", 14, 14, 1024, 46563328L);
    final Tensor shortcutConv = activation("stage3.0.shortcut.conv", 14, 14, 1024, 47366144L);
    final Tensor out = activation("stage3.0.out", 14, 14, 1024, 49774592L);
    final Tensor outMask = bits("stage3.0.out.mask", 14, 14, 1024, 86955008L);
    final Tensor dOut = buffer("d stage3.0.out", 14, 14, 1024, 63422464L);
    final Tensor dExpandConv = buffer("d stage3.0.expand.conv", 14, 14, 1024, 50577408L);
    final Tensor dShortcutConv = buffer("d stage3.0.shortcut.conv", 14, 14, 1024, 61816832L);
    final Tensor dSpatial = buffer("d stage3.0.spatial", 14, 14, 256, 61816832L);
    final Tensor dSpatialConv = buffer("d stage3.0.spatial.conv", 14, 14, 256, 61816832L);
    final Tensor dReduce = buffer("d stage3.0.reduce", 28, 28, 256, 49774592L);
    final Tensor dReduceConv = buffer("d stage3.0.reduce.conv", 28, 28, 256, 49774592L);
    final Tensor reduceInferred = buffer("stage3.0.reduce", 28, 28, 256, 0L);
    final Tensor spatialInferred = buffer("stage3.0.spatial", 14, 14, 256, 802816L);
    final Tensor expandInferred = buffer("stage3.0.expand", 14, 14, 1024, 0L);
    final Tensor shortcutInferred = buffer("stage3.0.shortcut", 14, 14, 1024, 802816L);
    final Tensor outInferred = buffer("stage3.0.out", 14, 14, 1024, 1605632L);
    final Parameter reduceWeight = convWeight("stage3.0.reduce.weight", 256, 512, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage3.0.reduce.norm", 256);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage3.0.spatial.weight", 256, 256, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage3.0.spatial.norm", 256);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage3.0.expand.weight", 1024, 256, 1, 1, 1);
    final Parameter shortcutWeight = convWeight("stage3.0.shortcut.weight", 1024, 512, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage3.0.expand.norm", 1024);
    final Excitation recalibrated = excitation("stage3.0.recalibrated", 1024, 64, true);
    final BatchNorm shortcutNorm = batchNorm("stage3.0.shortcut.norm", 1024);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add(shortcutNorm).relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);
    final Tensor shortcutWeightFolded = foldedWeight(shortcutWeight);
    final Tensor shortcutWeightFoldedBias = foldedBias(shortcutWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage2Unit3.out, reduceWeight, CONV_1X1); // 256x28x28
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 784);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 256x28x28
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3_STRIDE2); // 256x14x14
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 196);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 256x14x14
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 1024x14x14
      ops.convolutionForward(shortcutConv, stage2Unit3.out, shortcutWeight,
          CONV_1X1_STRIDE2); // 1024x14x14
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormMoments(shortcutNorm, shortcutConv);
      ops.batchNormStatistics(outEpilogue, 196);
      ops.batchNormAddForward(out, expandConv, shortcutConv, outEpilogue); // 1024x14x14
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, shortcutConv);
      ops.batchNormBackwardStatistics(outEpilogue, 196);
      ops.batchNormAddBackward(dExpandConv, dShortcutConv, dOut, out, expandConv, shortcutConv,
          outEpilogue);
      ops.convolutionBackwardWeights(shortcutWeight, stage2Unit3.out, dShortcutConv,
          CONV_1X1_STRIDE2);
      ops.convolutionBackwardData(stage2Unit3.dOut, dShortcutConv, shortcutWeight,
          CONV_1X1_STRIDE2);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 196);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3_STRIDE2);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3_STRIDE2);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 784);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage2Unit3.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage2Unit3.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
      ops.foldBatchNorm(shortcutWeightFolded, shortcutWeightFoldedBias, shortcutWeight,
          shortcutNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage2Unit3.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 256x28x28
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3_STRIDE2); // 256x14x14
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 1024x14x14
      ops.convolutionInference(shortcutInferred, stage2Unit3.outInferred, shortcutWeightFolded,
          shortcutWeightFoldedBias, Activation.NONE, CONV_1X1_STRIDE2); // 1024x14x14
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, shortcutInferred, recalibrated,
          Activation.RELU); // 1024x14x14
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage3.0.reduce", "Conv 1x1", 256, 28, 28, 131584L, 102760448L);
      summary.layer("stage3.0.spatial", "Conv 3x3 /2", 256, 14, 14, 590336L, 115605504L);
      summary.layer("stage3.0.expand", "Conv 1x1", 1024, 14, 14, 264192L, 51380224L);
      summary.layer("stage3.0.recalibrated", "SqueezeExcite", 1024, 14, 14, 132160L, 131072L);
      summary.layer("stage3.0.shortcut", "Shortcut /2", 1024, 14, 14, 526336L, 102760448L);
      summary.layer("stage3.0.out", "Add", 1024, 14, 14, 0L, 0L);
    }
  }

  /**
   * stage3.1: 6 layers, to 1024x14x14.
   */
  private final class Stage3Unit1 extends Layer {
    final Tensor reduceConv = activation("stage3.1.reduce.conv", 14, 14, 256, 81084416L);
    final Tensor reduce = activation("stage3.1.reduce", 14, 14, 256, 81285120L);
    final Tensor reduceMask = bits("stage3.1.reduce.mask", 14, 14, 256, 87544576L);
    final Tensor spatialConv = activation("stage3.1.spatial.conv", 14, 14, 256, 81485824L);
    final Tensor spatial = activation("stage3.1.spatial", 14, 14, 256, 81686528L);
    final Tensor spatialMask = bits("stage3.1.spatial.mask", 14, 14, 256, 87557120L);
    final Tensor expandConv = activation("stage3.1.expand.conv", 14, 14, 1024, 50577408L);
    final Tensor out = activation("stage3.1.out", 14, 14, 1024, 61816832L);
    final Tensor outMask = bits("stage3.1.out.mask", 14, 14, 1024, 87005184L);
    final Tensor dOut = buffer("d stage3.1.out", 14, 14, 1024, 65028096L);
    final Tensor dExpandConv = buffer("d stage3.1.expand.conv", 14, 14, 1024, 62619648L);
    final Tensor dSpatial = buffer("d stage3.1.spatial", 14, 14, 256, 50577408L);
    final Tensor dSpatialConv = buffer("d stage3.1.spatial.conv", 14, 14, 256, 50577408L);
    final Tensor dReduce = buffer("d stage3.1.reduce", 14, 14, 256, 50778112L);
    final Tensor dReduceConv = buffer("d stage3.1.reduce.conv", 14, 14, 256, 50778112L);
    final Tensor reduceInferred = buffer("stage3.1.reduce", 14, 14, 256, 0L);
    final Tensor spatialInferred = buffer("stage3.1.spatial", 14, 14, 256, 802816L);
    final Tensor expandInferred = buffer("stage3.1.expand", 14, 14, 1024, 0L);
    final Tensor outInferred = buffer("stage3.1.out", 14, 14, 1024, 802816L);
    final Parameter reduceWeight = convWeight("stage3.1.reduce.weight", 256, 1024, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage3.1.reduce.norm", 256);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage3.1.spatial.weight", 256, 256, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage3.1.spatial.norm", 256);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage3.1.expand.weight", 1024, 256, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage3.1.expand.norm", 1024);
    final Excitation recalibrated = excitation("stage3.1.recalibrated", 1024, 64, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage3Unit0.out, reduceWeight, CONV_1X1); // 256x14x14
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 196);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 256x14x14
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 256x14x14
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 196);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 256x14x14
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 1024x14x14
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 196);
      ops.batchNormAddForward(out, expandConv, stage3Unit0.out, outEpilogue); // 1024x14x14
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage3Unit0.out);
      ops.batchNormBackwardStatistics(outEpilogue, 196);
      ops.batchNormAddBackward(dExpandConv, stage3Unit0.dOut, dOut, out, expandConv,
          stage3Unit0.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 196);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 196);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage3Unit0.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage3Unit0.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage3Unit0.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 256x14x14
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 256x14x14
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 1024x14x14
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage3Unit0.outInferred, recalibrated,
          Activation.RELU); // 1024x14x14
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage3.1.reduce", "Conv 1x1", 256, 14, 14, 262656L, 51380224L);
      summary.layer("stage3.1.spatial", "Conv 3x3", 256, 14, 14, 590336L, 115605504L);
      summary.layer("stage3.1.expand", "Conv 1x1", 1024, 14, 14, 264192L, 51380224L);
      summary.layer("stage3.1.recalibrated", "SqueezeExcite", 1024, 14, 14, 132160L, 131072L);
      summary.layer("stage3.1.shortcut", "Shortcut", 1024, 14, 14, 0L, 0L);
      summary.layer("stage3.1.out", "Add", 1024, 14, 14, 0L, 0L);
    }
  }

  /**
   * stage3.2: 6 layers, to 1024x14x14.
   */
  private final class Stage3Unit2 extends Layer {
    final Tensor reduceConv = activation("stage3.2.reduce.conv", 14, 14, 256, 81887232L);
    final Tensor reduce = activation("stage3.2.reduce", 14, 14, 256, 82087936L);
    final Tensor reduceMask = bits("stage3.2.reduce.mask", 14, 14, 256, 87569664L);
    final Tensor spatialConv = activation("stage3.2.spatial.conv", 14, 14, 256, 82288640L);
    final Tensor spatial = activation("stage3.2.spatial", 14, 14, 256, 82489344L);
    final Tensor spatialMask = bits("stage3.2.spatial.mask", 14, 14, 256, 87582208L);
    final Tensor expandConv = activation("stage3.2.expand.conv", 14, 14, 1024, 62619648L);
    final Tensor out = activation("stage3.2.out", 14, 14, 1024, 63422464L);
    final Tensor outMask = bits("stage3.2.out.mask", 14, 14, 1024, 87055360L);
    final Tensor dOut = buffer("d stage3.2.out", 14, 14, 1024, 66633728L);
    final Tensor dExpandConv = buffer("d stage3.2.expand.conv", 14, 14, 1024, 64225280L);
    final Tensor dSpatial = buffer("d stage3.2.spatial", 14, 14, 256, 62619648L);
    final Tensor dSpatialConv = buffer("d stage3.2.spatial.conv", 14, 14, 256, 62619648L);
    final Tensor dReduce = buffer("d stage3.2.reduce", 14, 14, 256, 62820352L);
    final Tensor dReduceConv = buffer("d stage3.2.reduce.conv", 14, 14, 256, 62820352L);
    final Tensor reduceInferred = buffer("stage3.2.reduce", 14, 14, 256, 0L);
    final Tensor spatialInferred = buffer("stage3.2.spatial", 14, 14, 256, 1605632L);
    final Tensor expandInferred = buffer("stage3.2.expand", 14, 14, 1024, 0L);
    final Tensor outInferred = buffer("stage3.2.out", 14, 14, 1024, 1605632L);
    final Parameter reduceWeight = convWeight("stage3.2.reduce.weight", 256, 1024, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage3.2.reduce.norm", 256);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage3.2.spatial.weight", 256, 256, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage3.2.spatial.norm", 256);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage3.2.expand.weight", 1024, 256, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage3.2.expand.norm", 1024);
    final Excitation recalibrated = excitation("stage3.2.recalibrated", 1024, 64, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage3Unit1.out, reduceWeight, CONV_1X1); // 256x14x14
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 196);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 256x14x14
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 256x14x14
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 196);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 256x14x14
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 1024x14x14
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 196);
      ops.batchNormAddForward(out, expandConv, stage3Unit1.out, outEpilogue); // 1024x14x14
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage3Unit1.out);
      ops.batchNormBackwardStatistics(outEpilogue, 196);
      ops.batchNormAddBackward(dExpandConv, stage3Unit1.dOut, dOut, out, expandConv,
          stage3Unit1.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 196);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 196);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage3Unit1.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage3Unit1.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage3Unit1.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 256x14x14
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 256x14x14
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 1024x14x14
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage3Unit1.outInferred, recalibrated,
          Activation.RELU); // 1024x14x14
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage3.2.reduce", "Conv 1x1", 256, 14, 14, 262656L, 51380224L);
      summary.layer("stage3.2.spatial", "Conv 3x3", 256, 14, 14, 590336L, 115605504L);
      summary.layer("stage3.2.expand", "Conv 1x1", 1024, 14, 14, 264192L, 51380224L);
      summary.layer("stage3.2.recalibrated", "SqueezeExcite", 1024, 14, 14, 132160L, 131072L);
      summary.layer("stage3.2.shortcut", "Shortcut", 1024, 14, 14, 0L, 0L);
      summary.layer("stage3.2.out", "Add", 1024, 14, 14, 0L, 0L);
    }
  }

  /**
   * stage3.3: 6 layers, to 1024x14x14.
   */
  private final class Stage3Unit3 extends Layer {
    final Tensor reduceConv = activation("stage3.3.reduce.conv", 14, 14, 256, 82690048L);
    final Tensor reduce = activation("stage3.3.reduce", 14, 14, 256, 82890752L);
    final Tensor reduceMask = bits("stage3.3.reduce.mask", 14, 14, 256, 87594752L);
    final Tensor spatialConv = activation("stage3.3.spatial.conv", 14, 14, 256, 83091456L);
    final Tensor spatial = activation("stage3.3.spatial", 14, 14, 256, 83292160L);
    final Tensor spatialMask = bits("stage3.3.spatial.mask", 14, 14, 256, 87607296L);
    final Tensor expandConv = activation("stage3.3.expand.conv", 14, 14, 1024, 64225280L);
    final Tensor out = activation("stage3.3.out", 14, 14, 1024, 65028096L);
    final Tensor outMask = bits("stage3.3.out.mask", 14, 14, 1024, 87105536L);
    final Tensor dOut = buffer("d stage3.3.out", 14, 14, 1024, 68239360L);
    final Tensor dExpandConv = buffer("d stage3.3.expand.conv", 14, 14, 1024, 65830912L);
    final Tensor dSpatial = buffer("d stage3.3.spatial", 14, 14, 256, 64225280L);
    final Tensor dSpatialConv = buffer("d stage3.3.spatial.conv", 14, 14, 256, 64225280L);
    final Tensor dReduce = buffer("d stage3.3.reduce", 14, 14, 256, 64425984L);
    final Tensor dReduceConv = buffer("d stage3.3.reduce.conv", 14, 14, 256, 64425984L);
    final Tensor reduceInferred = buffer("stage3.3.reduce", 14, 14, 256, 0L);
    final Tensor spatialInferred = buffer("stage3.3.spatial", 14, 14, 256, 802816L);
    final Tensor expandInferred = buffer("stage3.3.expand", 14, 14, 1024, 0L);
    final Tensor outInferred = buffer("stage3.3.out", 14, 14, 1024, 802816L);
    final Parameter reduceWeight = convWeight("stage3.3.reduce.weight", 256, 1024, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage3.3.reduce.norm", 256);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage3.3.spatial.weight", 256, 256, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage3.3.spatial.norm", 256);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage3.3.expand.weight", 1024, 256, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage3.3.expand.norm", 1024);
    final Excitation recalibrated = excitation("stage3.3.recalibrated", 1024, 64, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage3Unit2.out, reduceWeight, CONV_1X1); // 256x14x14
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 196);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 256x14x14
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 256x14x14
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 196);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 256x14x14
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 1024x14x14
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 196);
      ops.batchNormAddForward(out, expandConv, stage3Unit2.out, outEpilogue); // 1024x14x14
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage3Unit2.out);
      ops.batchNormBackwardStatistics(outEpilogue, 196);
      ops.batchNormAddBackward(dExpandConv, stage3Unit2.dOut, dOut, out, expandConv,
          stage3Unit2.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 196);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 196);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage3Unit2.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage3Unit2.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage3Unit2.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 256x14x14
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 256x14x14
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 1024x14x14
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage3Unit2.outInferred, recalibrated,
          Activation.RELU); // 1024x14x14
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage3.3.reduce", "Conv 1x1", 256, 14, 14, 262656L, 51380224L);
      summary.layer("stage3.3.spatial", "Conv 3x3", 256, 14, 14, 590336L, 115605504L);
      summary.layer("stage3.3.expand", "Conv 1x1", 1024, 14, 14, 264192L, 51380224L);
      summary.layer("stage3.3.recalibrated", "SqueezeExcite", 1024, 14, 14, 132160L, 131072L);
      summary.layer("stage3.3.shortcut", "Shortcut", 1024, 14, 14, 0L, 0L);
      summary.layer("stage3.3.out", "Add", 1024, 14, 14, 0L, 0L);
    }
  }

  /**
   * stage3.4: 6 layers, to 1024x14x14.
   */
  private final class Stage3Unit4 extends Layer {
    final Tensor reduceConv = activation("stage3.4.reduce.conv", 14, 14, 256, 83492864L);
    final Tensor reduce = activation("stage3.4.reduce", 14, 14, 256, 83693568L);
    final Tensor reduceMask = bits("stage3.4.reduce.mask", 14, 14, 256, 87619840L);
    final Tensor spatialConv = activation("stage3.4.spatial.conv", 14, 14, 256, 83894272L);
    final Tensor spatial = activation("stage3.4.spatial", 14, 14, 256, 84094976L);
    final Tensor spatialMask = bits("stage3.4.spatial.mask", 14, 14, 256, 87632384L);
    final Tensor expandConv = activation("stage3.4.expand.conv", 14, 14, 1024, 65830912L);
    final Tensor out = activation("stage3.4.out", 14, 14, 1024, 66633728L);
    final Tensor outMask = bits("stage3.4.out.mask", 14, 14, 1024, 87155712L);
    final Tensor dOut = buffer("d stage3.4.out", 14, 14, 1024, 70647808L);
    final Tensor dExpandConv = buffer("d stage3.4.expand.conv", 14, 14, 1024, 67436544L);
    final Tensor dSpatial = buffer("d stage3.4.spatial", 14, 14, 256, 65830912L);
    final Tensor dSpatialConv = buffer("d stage3.4.spatial.conv", 14, 14, 256, 65830912L);
    final Tensor dReduce = buffer("d stage3.4.reduce", 14, 14, 256, 66031616L);
    final Tensor dReduceConv = buffer("d stage3.4.reduce.conv", 14, 14, 256, 66031616L);
    final Tensor reduceInferred = buffer("stage3.4.reduce", 14, 14, 256, 0L);
    final Tensor spatialInferred = buffer("stage3.4.spatial", 14, 14, 256, 1605632L);
    final Tensor expandInferred = buffer("stage3.4.expand", 14, 14, 1024, 0L);
    final Tensor outInferred = buffer("stage3.4.out", 14, 14, 1024, 1605632L);
    final Parameter reduceWeight = convWeight("stage3.4.reduce.weight", 256, 1024, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage3.4.reduce.norm", 256);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage3.4.spatial.weight", 256, 256, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage3.4.spatial.norm", 256);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage3.4.expand.weight", 1024, 256, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage3.4.expand.norm", 1024);
    final Excitation recalibrated = excitation("stage3.4.recalibrated", 1024, 64, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage3Unit3.out, reduceWeight, CONV_1X1); // 256x14x14
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 196);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 256x14x14
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 256x14x14
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 196);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 256x14x14
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 1024x14x14
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 196);
      ops.batchNormAddForward(out, expandConv, stage3Unit3.out, outEpilogue); // 1024x14x14
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage3Unit3.out);
      ops.batchNormBackwardStatistics(outEpilogue, 196);
      ops.batchNormAddBackward(dExpandConv, stage3Unit3.dOut, dOut, out, expandConv,
          stage3Unit3.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 196);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 196);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage3Unit3.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage3Unit3.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage3Unit3.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 256x14x14
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 256x14x14
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 1024x14x14
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage3Unit3.outInferred, recalibrated,
          Activation.RELU); // 1024x14x14
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage3.4.reduce", "Conv 1x1", 256, 14, 14, 262656L, 51380224L);
      summary.layer("stage3.4.spatial", "Conv 3x3", 256, 14, 14, 590336L, 115605504L);
      summary.layer("stage3.4.expand", "Conv 1x1", 1024, 14, 14, 264192L, 51380224L);
      summary.layer("stage3.4.recalibrated", "SqueezeExcite", 1024, 14, 14, 132160L, 131072L);
      summary.layer("stage3.4.shortcut", "Shortcut", 1024, 14, 14, 0L, 0L);
      summary.layer("stage3.4.out", "Add", 1024, 14, 14, 0L, 0L);
    }
  }

  /**
   * stage3.5: 6 layers, to 1024x14x14.
   */
  private final class Stage3Unit5 extends Layer {
    final Tensor reduceConv = activation("stage3.5.reduce.conv", 14, 14, 256, 84295680L);
    final Tensor reduce = activation("stage3.5.reduce", 14, 14, 256, 84496384L);
    final Tensor reduceMask = bits("stage3.5.reduce.mask", 14, 14, 256, 87644928L);
    final Tensor spatialConv = activation("stage3.5.spatial.conv", 14, 14, 256, 84697088L);
    final Tensor spatial = activation("stage3.5.spatial", 14, 14, 256, 84897792L);
    final Tensor spatialMask = bits("stage3.5.spatial.mask", 14, 14, 256, 87657472L);
    final Tensor expandConv = activation("stage3.5.expand.conv", 14, 14, 1024, 67436544L);
    final Tensor out = activation("stage3.5.out", 14, 14, 1024, 68239360L);
    final Tensor outMask = bits("stage3.5.out.mask", 14, 14, 1024, 87205888L);
    final Tensor dOut = buffer("d stage3.5.out", 14, 14, 1024, 69042176L);
    final Tensor dExpandConv = buffer("d stage3.5.expand.conv", 14, 14, 1024, 69844992L);
    final Tensor dSpatial = buffer("d stage3.5.spatial", 14, 14, 256, 67436544L);
    final Tensor dSpatialConv = buffer("d stage3.5.spatial.conv", 14, 14, 256, 67436544L);
    final Tensor dReduce = buffer("d stage3.5.reduce", 14, 14, 256, 67637248L);
    final Tensor dReduceConv = buffer("d stage3.5.reduce.conv", 14, 14, 256, 67637248L);
    final Tensor reduceInferred = buffer("stage3.5.reduce", 14, 14, 256, 0L);
    final Tensor spatialInferred = buffer("stage3.5.spatial", 14, 14, 256, 802816L);
    final Tensor expandInferred = buffer("stage3.5.expand", 14, 14, 1024, 0L);
    final Tensor outInferred = buffer("stage3.5.out", 14, 14, 1024, 802816L);
    final Parameter reduceWeight = convWeight("stage3.5.reduce.weight", 256, 1024, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage3.5.reduce.norm", 256);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage3.5.spatial.weight", 256, 256, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage3.5.spatial.norm", 256);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage3.5.expand.weight", 1024, 256, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage3.5.expand.norm", 1024);
    final Excitation recalibrated = excitation("stage3.5.recalibrated", 1024, 64, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage3Unit4.out, reduceWeight, CONV_1X1); // 256x14x14
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 196);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 256x14x14
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 256x14x14
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 196);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 256x14x14
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 1024x14x14
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 196);
      ops.batchNormAddForward(out, expandConv, stage3Unit4.out, outEpilogue); // 1024x14x14
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage3Unit4.out);
      ops.batchNormBackwardStatistics(outEpilogue, 196);
      ops.batchNormAddBackward(dExpandConv, stage3Unit4.dOut, dOut, out, expandConv,
          stage3Unit4.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 196);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 196);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage3Unit4.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage3Unit4.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage3Unit4.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 256x14x14
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 256x14x14
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 1024x14x14
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage3Unit4.outInferred, recalibrated,
          Activation.RELU); // 1024x14x14
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage3.5.reduce", "Conv 1x1", 256, 14, 14, 262656L, 51380224L);
      summary.layer("stage3.5.spatial", "Conv 3x3", 256, 14, 14, 590336L, 115605504L);
      summary.layer("stage3.5.expand", "Conv 1x1", 1024, 14, 14, 264192L, 51380224L);
      summary.layer("stage3.5.recalibrated", "SqueezeExcite", 1024, 14, 14, 132160L, 131072L);
      summary.layer("stage3.5.shortcut", "Shortcut", 1024, 14, 14, 0L, 0L);
      summary.layer("stage3.5.out", "Add", 1024, 14, 14, 0L, 0L);
    }
  }

  /**
   * stage4.0: 6 layers, to 2048x7x7.
   */
  private final class Stage4Unit0 extends Layer {
    final Tensor reduceConv = activation("stage4.0.reduce.conv", 14, 14, 512, 69844992L);
    final Tensor reduce = activation("stage4.0.reduce", 14, 14, 512, 70246400L);
    final Tensor reduceMask = bits("stage4.0.reduce.mask", 14, 14, 512, 87431680L);
    final Tensor spatialConv = activation("stage4.0.spatial.conv", 7, 7, 512, 85600256L);
    final Tensor spatial = activation("stage4.0.spatial", 7, 7, 512, 85700608L);
    final Tensor spatialMask = bits("stage4.0.spatial.mask", 7, 7, 512, 87670016L);
    final Tensor expandConv = activation("stage4.0.expand.conv", 7, 7, 2048, 69042176L);
    final Tensor shortcutConv = activation("stage4.0.shortcut.conv", 7, 7, 2048, 69443584L);
    final Tensor out = activation("stage4.0.out", 7, 7, 2048, 70647808L);
    final Tensor outMask = bits("stage4.0.out.mask", 7, 7, 2048, 87456768L);
    final Tensor dOut = buffer("d stage4.0.out", 7, 7, 2048, 78274560L);
    final Tensor dExpandConv = buffer("d stage4.0.expand.conv", 7, 7, 2048, 71049216L);
    final Tensor dShortcutConv = buffer("d stage4.0.shortcut.conv", 7, 7, 2048, 77471744L);
    final Tensor dSpatial = buffer("d stage4.0.spatial", 7, 7, 512, 77471744L);
    final Tensor dSpatialConv = buffer("d stage4.0.spatial.conv", 7, 7, 512, 77471744L);
    final Tensor dReduce = buffer("d stage4.0.reduce", 14, 14, 512, 70647808L);
    final Tensor dReduceConv = buffer("d stage4.0.reduce.conv", 14, 14, 512, 70647808L);
    final Tensor reduceInferred = buffer("stage4.0.reduce", 14, 14, 512, 0L);
    final Tensor spatialInferred = buffer("stage4.0.spatial", 7, 7, 512, 401408L);
    final Tensor expandInferred = buffer("stage4.0.expand", 7, 7, 2048, 0L);
    final Tensor shortcutInferred = buffer("stage4.0.shortcut", 7, 7, 2048, 401408L);
    final Tensor outInferred = buffer("stage4.0.out", 7, 7, 2048, 802816L);
    final Parameter reduceWeight = convWeight("stage4.0.reduce.weight", 512, 1024, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage4.0.reduce.norm", 512);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage4.0.spatial.weight", 512, 512, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage4.0.spatial.norm", 512);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage4.0.expand.weight", 2048, 512, 1, 1, 1);
    final Parameter shortcutWeight = convWeight("stage4.0.shortcut.weight", 2048, 1024, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage4.0.expand.norm", 2048);
    final Excitation recalibrated = excitation("stage4.0.recalibrated", 2048, 128, true);
    final BatchNorm shortcutNorm = batchNorm("stage4.0.shortcut.norm", 2048);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add(shortcutNorm).relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);
    final Tensor shortcutWeightFolded = foldedWeight(shortcutWeight);
    final Tensor shortcutWeightFoldedBias = foldedBias(shortcutWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage3Unit5.out, reduceWeight, CONV_1X1); // 512x14x14
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 196);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 512x14x14
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3_STRIDE2); // 512x7x7
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 49);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 512x7x7
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 2048x7x7
      ops.convolutionForward(shortcutConv, stage3Unit5.out, shortcutWeight,
          CONV_1X1_STRIDE2); // 2048x7x7
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormMoments(shortcutNorm, shortcutConv);
      ops.batchNormStatistics(outEpilogue, 49);
      ops.batchNormAddForward(out, expandConv, shortcutConv, outEpilogue); // 2048x7x7
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, shortcutConv);
      ops.batchNormBackwardStatistics(outEpilogue, 49);
      ops.batchNormAddBackward(dExpandConv, dShortcutConv, dOut, out, expandConv, shortcutConv,
          outEpilogue);
      ops.convolutionBackwardWeights(shortcutWeight, stage3Unit5.out, dShortcutConv,
          CONV_1X1_STRIDE2);
      ops.convolutionBackwardData(stage3Unit5.dOut, dShortcutConv, shortcutWeight,
          CONV_1X1_STRIDE2);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 49);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3_STRIDE2);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3_STRIDE2);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 196);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage3Unit5.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage3Unit5.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
      ops.foldBatchNorm(shortcutWeightFolded, shortcutWeightFoldedBias, shortcutWeight,
          shortcutNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage3Unit5.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 512x14x14
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3_STRIDE2); // 512x7x7
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 2048x7x7
      ops.convolutionInference(shortcutInferred, stage3Unit5.outInferred, shortcutWeightFolded,
          shortcutWeightFoldedBias, Activation.NONE, CONV_1X1_STRIDE2); // 2048x7x7
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, shortcutInferred, recalibrated,
          Activation.RELU); // 2048x7x7
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage4.0.reduce", "Conv 1x1", 512, 14, 14, 525312L, 102760448L);
      summary.layer("stage4.0.spatial", "Conv 3x3 /2", 512, 7, 7, 2360320L, 115605504L);
      summary.layer("stage4.0.expand", "Conv 1x1", 2048, 7, 7, 1052672L, 51380224L);
      summary.layer("stage4.0.recalibrated", "SqueezeExcite", 2048, 7, 7, 526464L, 524288L);
      summary.layer("stage4.0.shortcut", "Shortcut /2", 2048, 7, 7, 2101248L, 102760448L);
      summary.layer("stage4.0.out", "Add", 2048, 7, 7, 0L, 0L);
    }
  }

  /**
   * stage4.1: 6 layers, to 2048x7x7.
   */
  private final class Stage4Unit1 extends Layer {
    final Tensor reduceConv = activation("stage4.1.reduce.conv", 7, 7, 512, 85800960L);
    final Tensor reduce = activation("stage4.1.reduce", 7, 7, 512, 85901312L);
    final Tensor reduceMask = bits("stage4.1.reduce.mask", 7, 7, 512, 87676288L);
    final Tensor spatialConv = activation("stage4.1.spatial.conv", 7, 7, 512, 86001664L);
    final Tensor spatial = activation("stage4.1.spatial", 7, 7, 512, 86102016L);
    final Tensor spatialMask = bits("stage4.1.spatial.mask", 7, 7, 512, 87682560L);
    final Tensor expandConv = activation("stage4.1.expand.conv", 7, 7, 2048, 71049216L);
    final Tensor out = activation("stage4.1.out", 7, 7, 2048, 77471744L);
    final Tensor outMask = bits("stage4.1.out.mask", 7, 7, 2048, 87481856L);
    final Tensor dOut = buffer("d stage4.1.out", 7, 7, 2048, 79478784L);
    final Tensor dExpandConv = buffer("d stage4.1.expand.conv", 7, 7, 2048, 77873152L);
    final Tensor dSpatial = buffer("d stage4.1.spatial", 7, 7, 512, 71049216L);
    final Tensor dSpatialConv = buffer("d stage4.1.spatial.conv", 7, 7, 512, 71049216L);
    final Tensor dReduce = buffer("d stage4.1.reduce", 7, 7, 512, 71149568L);
    final Tensor dReduceConv = buffer("d stage4.1.reduce.conv", 7, 7, 512, 71149568L);
    final Tensor reduceInferred = buffer("stage4.1.reduce", 7, 7, 512, 0L);
    final Tensor spatialInferred = buffer("stage4.1.spatial", 7, 7, 512, 401408L);
    final Tensor expandInferred = buffer("stage4.1.expand", 7, 7, 2048, 0L);
    final Tensor outInferred = buffer("stage4.1.out", 7, 7, 2048, 401408L);
    final Parameter reduceWeight = convWeight("stage4.1.reduce.weight", 512, 2048, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage4.1.reduce.norm", 512);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage4.1.spatial.weight", 512, 512, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage4.1.spatial.norm", 512);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage4.1.expand.weight", 2048, 512, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage4.1.expand.norm", 2048);
    final Excitation recalibrated = excitation("stage4.1.recalibrated", 2048, 128, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage4Unit0.out, reduceWeight, CONV_1X1); // 512x7x7
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 49);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 512x7x7
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 512x7x7
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 49);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 512x7x7
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 2048x7x7
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 49);
      ops.batchNormAddForward(out, expandConv, stage4Unit0.out, outEpilogue); // 2048x7x7
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage4Unit0.out);
      ops.batchNormBackwardStatistics(outEpilogue, 49);
      ops.batchNormAddBackward(dExpandConv, stage4Unit0.dOut, dOut, out, expandConv,
          stage4Unit0.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 49);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 49);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage4Unit0.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage4Unit0.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage4Unit0.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 512x7x7
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 512x7x7
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 2048x7x7
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage4Unit0.outInferred, recalibrated,
          Activation.RELU); // 2048x7x7
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage4.1.reduce", "Conv 1x1", 512, 7, 7, 1049600L, 51380224L);
      summary.layer("stage4.1.spatial", "Conv 3x3", 512, 7, 7, 2360320L, 115605504L);
      summary.layer("stage4.1.expand", "Conv 1x1", 2048, 7, 7, 1052672L, 51380224L);
      summary.layer("stage4.1.recalibrated", "SqueezeExcite", 2048, 7, 7, 526464L, 524288L);
      summary.layer("stage4.1.shortcut", "Shortcut", 2048, 7, 7, 0L, 0L);
      summary.layer("stage4.1.out", "Add", 2048, 7, 7, 0L, 0L);
    }
  }

  /**
   * stage4.2: 6 layers, to 2048x7x7.
   */
  private final class Stage4Unit2 extends Layer {
    final Tensor reduceConv = activation("stage4.2.reduce.conv", 7, 7, 512, 86202368L);
    final Tensor reduce = activation("stage4.2.reduce", 7, 7, 512, 86302720L);
    final Tensor reduceMask = bits("stage4.2.reduce.mask", 7, 7, 512, 87688832L);
    final Tensor spatialConv = activation("stage4.2.spatial.conv", 7, 7, 512, 86403072L);
    final Tensor spatial = activation("stage4.2.spatial", 7, 7, 512, 86503424L);
    final Tensor spatialMask = bits("stage4.2.spatial.mask", 7, 7, 512, 87695104L);
    final Tensor expandConv = activation("stage4.2.expand.conv", 7, 7, 2048, 77873152L);
    final Tensor out = activation("stage4.2.out", 7, 7, 2048, 78274560L);
    final Tensor outMask = bits("stage4.2.out.mask", 7, 7, 2048, 87506944L);
    final Tensor dOut = buffer("d stage4.2.out", 7, 7, 2048, 78675968L);
    final Tensor dExpandConv = buffer("d stage4.2.expand.conv", 7, 7, 2048, 79077376L);
    final Tensor dSpatial = buffer("d stage4.2.spatial", 7, 7, 512, 77873152L);
    final Tensor dSpatialConv = buffer("d stage4.2.spatial.conv", 7, 7, 512, 77873152L);
    final Tensor dReduce = buffer("d stage4.2.reduce", 7, 7, 512, 77973504L);
    final Tensor dReduceConv = buffer("d stage4.2.reduce.conv", 7, 7, 512, 77973504L);
    final Tensor reduceInferred = buffer("stage4.2.reduce", 7, 7, 512, 0L);
    final Tensor spatialInferred = buffer("stage4.2.spatial", 7, 7, 512, 802816L);
    final Tensor expandInferred = buffer("stage4.2.expand", 7, 7, 2048, 0L);
    final Tensor outInferred = buffer("stage4.2.out", 7, 7, 2048, 802816L);
    final Parameter reduceWeight = convWeight("stage4.2.reduce.weight", 512, 2048, 1, 1, 1);
    final BatchNorm reduceNorm = batchNorm("stage4.2.reduce.norm", 512);
    final Epilogue reduceEpilogue = Epilogue.of(reduceNorm).relu(reduceMask);
    final Parameter spatialWeight = convWeight("stage4.2.spatial.weight", 512, 512, 3, 3, 1);
    final BatchNorm spatialNorm = batchNorm("stage4.2.spatial.norm", 512);
    final Epilogue spatialEpilogue = Epilogue.of(spatialNorm).relu(spatialMask);
    final Parameter expandWeight = convWeight("stage4.2.expand.weight", 2048, 512, 1, 1, 1);
    final BatchNorm expandNorm = batchNorm("stage4.2.expand.norm", 2048);
    final Excitation recalibrated = excitation("stage4.2.recalibrated", 2048, 128, true);
    final Epilogue outEpilogue = Epilogue.of(expandNorm).excite(recalibrated).add().relu(outMask);
    final Tensor reduceWeightFolded = foldedWeight(reduceWeight);
    final Tensor reduceWeightFoldedBias = foldedBias(reduceWeight);
    final Tensor spatialWeightFolded = foldedWeight(spatialWeight);
    final Tensor spatialWeightFoldedBias = foldedBias(spatialWeight);
    final Tensor expandWeightFolded = foldedWeight(expandWeight);
    final Tensor expandWeightFoldedBias = foldedBias(expandWeight);

    void forward() {
      ops.convolutionForward(reduceConv, stage4Unit1.out, reduceWeight, CONV_1X1); // 512x7x7
      ops.batchNormMoments(reduceNorm, reduceConv);
      ops.batchNormStatistics(reduceEpilogue, 49);
      ops.batchNormForward(reduce, reduceConv, reduceEpilogue); // 512x7x7
      ops.convolutionForward(spatialConv, reduce, spatialWeight, CONV_3X3); // 512x7x7
      ops.batchNormMoments(spatialNorm, spatialConv);
      ops.batchNormStatistics(spatialEpilogue, 49);
      ops.batchNormForward(spatial, spatialConv, spatialEpilogue); // 512x7x7
      ops.convolutionForward(expandConv, spatial, expandWeight, CONV_1X1); // 2048x7x7
      ops.batchNormMoments(expandNorm, expandConv);
      ops.batchNormStatistics(outEpilogue, 49);
      ops.batchNormAddForward(out, expandConv, stage4Unit1.out, outEpilogue); // 2048x7x7
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, expandConv, stage4Unit1.out);
      ops.batchNormBackwardStatistics(outEpilogue, 49);
      ops.batchNormAddBackward(dExpandConv, stage4Unit1.dOut, dOut, out, expandConv,
          stage4Unit1.out, outEpilogue);
      ops.convolutionBackwardWeights(expandWeight, spatial, dExpandConv, CONV_1X1);
      ops.convolutionBackwardData(dSpatial, dExpandConv, expandWeight, CONV_1X1);
      ops.batchNormBackwardSums(spatialEpilogue, dSpatial, spatial, spatialConv);
      ops.batchNormBackwardStatistics(spatialEpilogue, 49);
      ops.batchNormBackward(dSpatialConv, dSpatial, spatial, spatialConv, spatialEpilogue);
      ops.convolutionBackwardWeights(spatialWeight, reduce, dSpatialConv, CONV_3X3);
      ops.convolutionBackwardData(dReduce, dSpatialConv, spatialWeight, CONV_3X3);
      ops.batchNormBackwardSums(reduceEpilogue, dReduce, reduce, reduceConv);
      ops.batchNormBackwardStatistics(reduceEpilogue, 49);
      ops.batchNormBackward(dReduceConv, dReduce, reduce, reduceConv, reduceEpilogue);
      ops.convolutionBackwardWeights(reduceWeight, stage4Unit1.out, dReduceConv, CONV_1X1);
      ops.convolutionBackwardDataAccumulate(stage4Unit1.dOut, dReduceConv, reduceWeight, CONV_1X1);
    }

    void fold() {
      ops.foldBatchNorm(reduceWeightFolded, reduceWeightFoldedBias, reduceWeight, reduceNorm);
      ops.foldBatchNorm(spatialWeightFolded, spatialWeightFoldedBias, spatialWeight, spatialNorm);
      ops.foldBatchNorm(expandWeightFolded, expandWeightFoldedBias, expandWeight, expandNorm);
    }

    void infer() {
      ops.convolutionInference(reduceInferred, stage4Unit1.outInferred, reduceWeightFolded,
          reduceWeightFoldedBias, Activation.RELU, CONV_1X1); // 512x7x7
      ops.convolutionInference(spatialInferred, reduceInferred, spatialWeightFolded,
          spatialWeightFoldedBias, Activation.RELU, CONV_3X3); // 512x7x7
      ops.convolutionInference(expandInferred, spatialInferred, expandWeightFolded,
          expandWeightFoldedBias, Activation.NONE, CONV_1X1); // 2048x7x7
      ops.exciteForward(recalibrated, expandInferred);
      ops.scaleAddInference(outInferred, expandInferred, stage4Unit1.outInferred, recalibrated,
          Activation.RELU); // 2048x7x7
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage4.2.reduce", "Conv 1x1", 512, 7, 7, 1049600L, 51380224L);
      summary.layer("stage4.2.spatial", "Conv 3x3", 512, 7, 7, 2360320L, 115605504L);
      summary.layer("stage4.2.expand", "Conv 1x1", 2048, 7, 7, 1052672L, 51380224L);
      summary.layer("stage4.2.recalibrated", "SqueezeExcite", 2048, 7, 7, 526464L, 524288L);
      summary.layer("stage4.2.shortcut", "Shortcut", 2048, 7, 7, 0L, 0L);
      summary.layer("stage4.2.out", "Add", 2048, 7, 7, 0L, 0L);
    }
  }

  /**
   * features: GlobalAveragePool, to 2048x1x1.
   */
  private final class FeaturesLayer extends Layer {
    final Tensor out = activation("features", 1, 1, 2048, 78675968L);
    final Tensor dOut = buffer("d features", 1, 1, 2048, 79077376L);
    final Tensor outInferred = buffer("features", 1, 1, 2048, 0L);

    void forward() {
      ops.globalAveragePoolForward(out, stage4Unit2.out); // 2048x1x1
    }

    void backward() {
      ops.globalAveragePoolBackward(stage4Unit2.dOut, dOut);
    }

    void infer() {
      ops.globalAveragePoolForward(outInferred, stage4Unit2.outInferred); // 2048x1x1
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("features", "GlobalAveragePool", 2048, 1, 1, 0L, 0L);
    }
  }

  /**
   * logits: Dense, to 1000x1x1.
   */
  private final class LogitsLayer extends Layer {
    final Parameter weight = denseWeight("logits.weight", 1000, 1, 1, 2048);
    final Parameter bias = bias("logits.bias", 1000);

    void forward() {
      ops.denseBiasForward(logits(), features.out, weight, bias); // 1000x1x1
    }

    void backward() {
      ops.biasBackward(bias, dLogits());
      ops.denseBackwardWeights(weight, features.out, dLogits());
      ops.denseBackwardData(features.dOut, dLogits(), weight);
    }

    void infer() {
      ops.denseBiasForward(logits(), features.outInferred, weight, bias); // 1000x1x1
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("logits", "Dense", 1000, 1, 1, 2049000L, 2048000L);
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
      return "dev.selkie.samples.SeResNet50";
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
