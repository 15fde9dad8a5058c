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
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;
import javax.annotation.processing.Generated;

/**
 * Training and inference of {@link SeResNet20}.
 *
 * <p>274,847 parameters, 40,815,200 multiply-adds for one image of 3x32x32.
 *
 * <pre>
 * memory of the training arena, in bytes
 *   parameters             1,099,904
 *   their gradients        1,099,904
 *   statistics, folded     1,109,248
 *   per sample, kept       31,040
 *   per sample, planned    1,652,736  (unshared 3,898,112, alive at once 1,652,736)
 *   whole                  1,683,776 * batch + 3,309,056
 * </pre>
 */
@Generated("dev.selkie.processor.NetworkProcessor")
@MadeOf(SeBasicBlockSidecar.class)
public final class SeResNet20Network extends GeneratedNetwork {
  private static final Layout LAYOUT = Layout.EMPTY
      .withDecayed(1091648L)
      .withPlain(8256L)
      .withFixed(1109248L)
      .withWorkspace(31040L)
      .withPlanned(1652736L);

  private static final ConvGeometry CONV_1X1_STRIDE2 = new ConvGeometry(1, 1, 2, 1, 0, 0, 1);
  private static final ConvGeometry CONV_3X3 = new ConvGeometry(3, 3, 1, 1, 1, 1, 1);
  private static final ConvGeometry CONV_3X3_STRIDE2 = new ConvGeometry(3, 3, 2, 1, 1, 1, 1);
  private final StemLayer stem = new StemLayer();
  private final Stage1Unit0 stage1Unit0 = new Stage1Unit0();
  private final Stage1Unit1 stage1Unit1 = new Stage1Unit1();
  private final Stage1Unit2 stage1Unit2 = new Stage1Unit2();
  private final Stage2Unit0 stage2Unit0 = new Stage2Unit0();
  private final Stage2Unit1 stage2Unit1 = new Stage2Unit1();
  private final Stage2Unit2 stage2Unit2 = new Stage2Unit2();
  private final Stage3Unit0 stage3Unit0 = new Stage3Unit0();
  private final Stage3Unit1 stage3Unit1 = new Stage3Unit1();
  private final Stage3Unit2 stage3Unit2 = new Stage3Unit2();
  private final FeaturesLayer features = new FeaturesLayer();
  private final LogitsLayer logits = new LogitsLayer();

  private SeResNet20Network(Device device, Batch batch) {
    super("dev.selkie.samples.SeResNet20", "0.1.0-SNAPSHOT", device, batch, LAYOUT, 3, 32, 32, 10);
    declared();
  }

  /**
   * The network on a device, with its arena; close it when done.
   *
   * @param device where it computes
   * @param batch images per step
   * @return the network, its parameters initialised from seed 0
   */
  public static SeResNet20Network on(Device device, Batch batch) {
    return new SeResNet20Network(device, batch);
  }

  @Override
  protected void forwardLayers() {
    stem.forward();
    stage1Unit0.forward();
    stage1Unit1.forward();
    stage1Unit2.forward();
    stage2Unit0.forward();
    stage2Unit1.forward();
    stage2Unit2.forward();
    stage3Unit0.forward();
    stage3Unit1.forward();
    stage3Unit2.forward();
    features.forward();
    logits.forward();
  }

  @Override
  protected void backwardLayers() {
    logits.backward();
    features.backward();
    stage3Unit2.backward();
    stage3Unit1.backward();
    stage3Unit0.backward();
    stage2Unit2.backward();
    stage2Unit1.backward();
    stage2Unit0.backward();
    stage1Unit2.backward();
    stage1Unit1.backward();
    stage1Unit0.backward();
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
    stage3Unit0.fold();
    stage3Unit1.fold();
    stage3Unit2.fold();
  }

  @Override
  protected void inferLayers() {
    stem.infer();
    stage1Unit0.infer();
    stage1Unit1.infer();
    stage1Unit2.infer();
    stage2Unit0.infer();
    stage2Unit1.infer();
    stage2Unit2.infer();
    stage3Unit0.infer();
    stage3Unit1.infer();
    stage3Unit2.infer();
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
    NetworkSummary.Builder summary = new NetworkSummary.Builder("dev.selkie.samples.SeResNet20");
    StemLayer.describe(summary);
    Stage1Unit0.describe(summary);
    Stage1Unit1.describe(summary);
    Stage1Unit2.describe(summary);
    Stage2Unit0.describe(summary);
    Stage2Unit1.describe(summary);
    Stage2Unit2.describe(summary);
    Stage3Unit0.describe(summary);
    Stage3Unit1.describe(summary);
    Stage3Unit2.describe(summary);
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
    final Tensor mask = bits("stem.mask", 32, 32, 16, 1605632L);
    final Tensor dOut = buffer("d stem", 32, 32, 16, 458752L);
    final Tensor dConv = buffer("d stem.conv", 32, 32, 16, 458752L);
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
   * stage1.0: 5 layers, to 16x32x32.
   */
  private final class Stage1Unit0 extends Layer {
    final Tensor firstConv = activation("stage1.0.first.conv", 32, 32, 16, 131072L);
    final Tensor first = activation("stage1.0.first", 32, 32, 16, 196608L);
    final Tensor firstMask = bits("stage1.0.first.mask", 32, 32, 16, 1609728L);
    final Tensor secondConv = activation("stage1.0.second.conv", 32, 32, 16, 262144L);
    final Tensor out = activation("stage1.0.out", 32, 32, 16, 327680L);
    final Tensor outMask = bits("stage1.0.out.mask", 32, 32, 16, 1613824L);
    final Tensor dOut = buffer("d stage1.0.out", 32, 32, 16, 720896L);
    final Tensor dSecondConv = buffer("d stage1.0.second.conv", 32, 32, 16, 393216L);
    final Tensor dFirst = buffer("d stage1.0.first", 32, 32, 16, 262144L);
    final Tensor dFirstConv = buffer("d stage1.0.first.conv", 32, 32, 16, 262144L);
    final Tensor firstInferred = buffer("stage1.0.first", 32, 32, 16, 65536L);
    final Tensor secondInferred = buffer("stage1.0.second", 32, 32, 16, 131072L);
    final Tensor outInferred = buffer("stage1.0.out", 32, 32, 16, 65536L);
    final Parameter firstWeight = convWeight("stage1.0.first.weight", 16, 16, 3, 3, 1);
    final BatchNorm firstNorm = batchNorm("stage1.0.first.norm", 16);
    final Epilogue firstEpilogue = Epilogue.of(firstNorm).relu(firstMask);
    final Parameter secondWeight = convWeight("stage1.0.second.weight", 16, 16, 3, 3, 1);
    final BatchNorm secondNorm = batchNorm("stage1.0.second.norm", 16);
    final Excitation recalibrated = excitation("stage1.0.recalibrated", 16, 1, true);
    final Epilogue outEpilogue = Epilogue.of(secondNorm).excite(recalibrated).add().relu(outMask);
    final Tensor firstWeightFolded = foldedWeight(firstWeight);
    final Tensor firstWeightFoldedBias = foldedBias(firstWeight);
    final Tensor secondWeightFolded = foldedWeight(secondWeight);
    final Tensor secondWeightFoldedBias = foldedBias(secondWeight);

    void forward() {
      ops.convolutionForward(firstConv, stem.out, firstWeight, CONV_3X3); // 16x32x32
      ops.batchNormMoments(firstNorm, firstConv);
      ops.batchNormStatistics(firstEpilogue, 1024);
      ops.batchNormForward(first, firstConv, firstEpilogue); // 16x32x32
      ops.convolutionForward(secondConv, first, secondWeight, CONV_3X3); // 16x32x32
      ops.batchNormMoments(secondNorm, secondConv);
      ops.batchNormStatistics(outEpilogue, 1024);
      ops.batchNormAddForward(out, secondConv, stem.out, outEpilogue); // 16x32x32
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, secondConv, stem.out);
      ops.batchNormBackwardStatistics(outEpilogue, 1024);
      ops.batchNormAddBackward(dSecondConv, stem.dOut, dOut, out, secondConv, stem.out,
          outEpilogue);
      ops.convolutionBackwardWeights(secondWeight, first, dSecondConv, CONV_3X3);
      ops.convolutionBackwardData(dFirst, dSecondConv, secondWeight, CONV_3X3);
      ops.batchNormBackwardSums(firstEpilogue, dFirst, first, firstConv);
      ops.batchNormBackwardStatistics(firstEpilogue, 1024);
      ops.batchNormBackward(dFirstConv, dFirst, first, firstConv, firstEpilogue);
      ops.convolutionBackwardWeights(firstWeight, stem.out, dFirstConv, CONV_3X3);
      ops.convolutionBackwardDataAccumulate(stem.dOut, dFirstConv, firstWeight, CONV_3X3);
    }

    void fold() {
      ops.foldBatchNorm(firstWeightFolded, firstWeightFoldedBias, firstWeight, firstNorm);
      ops.foldBatchNorm(secondWeightFolded, secondWeightFoldedBias, secondWeight, secondNorm);
    }

    void infer() {
      ops.convolutionInference(firstInferred, stem.outInferred, firstWeightFolded,
          firstWeightFoldedBias, Activation.RELU, CONV_3X3); // 16x32x32
      ops.convolutionInference(secondInferred, firstInferred, secondWeightFolded,
          secondWeightFoldedBias, Activation.NONE, CONV_3X3); // 16x32x32
      ops.exciteForward(recalibrated, secondInferred);
      ops.scaleAddInference(outInferred, secondInferred, stem.outInferred, recalibrated,
          Activation.RELU); // 16x32x32
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage1.0.first", "Conv 3x3", 16, 32, 32, 2336L, 2359296L);
      summary.layer("stage1.0.second", "Conv 3x3", 16, 32, 32, 2336L, 2359296L);
      summary.layer("stage1.0.recalibrated", "SqueezeExcite", 16, 32, 32, 49L, 32L);
      summary.layer("stage1.0.shortcut", "Shortcut", 16, 32, 32, 0L, 0L);
      summary.layer("stage1.0.out", "Add", 16, 32, 32, 0L, 0L);
    }
  }

  /**
   * stage1.1: 5 layers, to 16x32x32.
   */
  private final class Stage1Unit1 extends Layer {
    final Tensor firstConv = activation("stage1.1.first.conv", 32, 32, 16, 393216L);
    final Tensor first = activation("stage1.1.first", 32, 32, 16, 458752L);
    final Tensor firstMask = bits("stage1.1.first.mask", 32, 32, 16, 1617920L);
    final Tensor secondConv = activation("stage1.1.second.conv", 32, 32, 16, 524288L);
    final Tensor out = activation("stage1.1.out", 32, 32, 16, 589824L);
    final Tensor outMask = bits("stage1.1.out.mask", 32, 32, 16, 1622016L);
    final Tensor dOut = buffer("d stage1.1.out", 32, 32, 16, 1048576L);
    final Tensor dSecondConv = buffer("d stage1.1.second.conv", 32, 32, 16, 655360L);
    final Tensor dFirst = buffer("d stage1.1.first", 32, 32, 16, 524288L);
    final Tensor dFirstConv = buffer("d stage1.1.first.conv", 32, 32, 16, 524288L);
    final Tensor firstInferred = buffer("stage1.1.first", 32, 32, 16, 0L);
    final Tensor secondInferred = buffer("stage1.1.second", 32, 32, 16, 131072L);
    final Tensor outInferred = buffer("stage1.1.out", 32, 32, 16, 0L);
    final Parameter firstWeight = convWeight("stage1.1.first.weight", 16, 16, 3, 3, 1);
    final BatchNorm firstNorm = batchNorm("stage1.1.first.norm", 16);
    final Epilogue firstEpilogue = Epilogue.of(firstNorm).relu(firstMask);
    final Parameter secondWeight = convWeight("stage1.1.second.weight", 16, 16, 3, 3, 1);
    final BatchNorm secondNorm = batchNorm("stage1.1.second.norm", 16);
    final Excitation recalibrated = excitation("stage1.1.recalibrated", 16, 1, true);
    final Epilogue outEpilogue = Epilogue.of(secondNorm).excite(recalibrated).add().relu(outMask);
    final Tensor firstWeightFolded = foldedWeight(firstWeight);
    final Tensor firstWeightFoldedBias = foldedBias(firstWeight);
    final Tensor secondWeightFolded = foldedWeight(secondWeight);
    final Tensor secondWeightFoldedBias = foldedBias(secondWeight);

    void forward() {
      ops.convolutionForward(firstConv, stage1Unit0.out, firstWeight, CONV_3X3); // 16x32x32
      ops.batchNormMoments(firstNorm, firstConv);
      ops.batchNormStatistics(firstEpilogue, 1024);
      ops.batchNormForward(first, firstConv, firstEpilogue); // 16x32x32
      ops.convolutionForward(secondConv, first, secondWeight, CONV_3X3); // 16x32x32
      ops.batchNormMoments(secondNorm, secondConv);
      ops.batchNormStatistics(outEpilogue, 1024);
      ops.batchNormAddForward(out, secondConv, stage1Unit0.out, outEpilogue); // 16x32x32
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, secondConv, stage1Unit0.out);
      ops.batchNormBackwardStatistics(outEpilogue, 1024);
      ops.batchNormAddBackward(dSecondConv, stage1Unit0.dOut, dOut, out, secondConv,
          stage1Unit0.out, outEpilogue);
      ops.convolutionBackwardWeights(secondWeight, first, dSecondConv, CONV_3X3);
      ops.convolutionBackwardData(dFirst, dSecondConv, secondWeight, CONV_3X3);
      ops.batchNormBackwardSums(firstEpilogue, dFirst, first, firstConv);
      ops.batchNormBackwardStatistics(firstEpilogue, 1024);
      ops.batchNormBackward(dFirstConv, dFirst, first, firstConv, firstEpilogue);
      ops.convolutionBackwardWeights(firstWeight, stage1Unit0.out, dFirstConv, CONV_3X3);
      ops.convolutionBackwardDataAccumulate(stage1Unit0.dOut, dFirstConv, firstWeight, CONV_3X3);
    }

    void fold() {
      ops.foldBatchNorm(firstWeightFolded, firstWeightFoldedBias, firstWeight, firstNorm);
      ops.foldBatchNorm(secondWeightFolded, secondWeightFoldedBias, secondWeight, secondNorm);
    }

    void infer() {
      ops.convolutionInference(firstInferred, stage1Unit0.outInferred, firstWeightFolded,
          firstWeightFoldedBias, Activation.RELU, CONV_3X3); // 16x32x32
      ops.convolutionInference(secondInferred, firstInferred, secondWeightFolded,
          secondWeightFoldedBias, Activation.NONE, CONV_3X3); // 16x32x32
      ops.exciteForward(recalibrated, secondInferred);
      ops.scaleAddInference(outInferred, secondInferred, stage1Unit0.outInferred, recalibrated,
          Activation.RELU); // 16x32x32
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage1.1.first", "Conv 3x3", 16, 32, 32, 2336L, 2359296L);
      summary.layer("stage1.1.second", "Conv 3x3", 16, 32, 32, 2336L, 2359296L);
      summary.layer("stage1.1.recalibrated", "SqueezeExcite", 16, 32, 32, 49L, 32L);
      summary.layer("stage1.1.shortcut", "Shortcut", 16, 32, 32, 0L, 0L);
      summary.layer("stage1.1.out", "Add", 16, 32, 32, 0L, 0L);
    }
  }

  /**
   * stage1.2: 5 layers, to 16x32x32.
   */
  private final class Stage1Unit2 extends Layer {
    final Tensor firstConv = activation("stage1.2.first.conv", 32, 32, 16, 655360L);
    final Tensor first = activation("stage1.2.first", 32, 32, 16, 720896L);
    final Tensor firstMask = bits("stage1.2.first.mask", 32, 32, 16, 1626112L);
    final Tensor secondConv = activation("stage1.2.second.conv", 32, 32, 16, 786432L);
    final Tensor out = activation("stage1.2.out", 32, 32, 16, 851968L);
    final Tensor outMask = bits("stage1.2.out.mask", 32, 32, 16, 1630208L);
    final Tensor dOut = buffer("d stage1.2.out", 32, 32, 16, 917504L);
    final Tensor dSecondConv = buffer("d stage1.2.second.conv", 32, 32, 16, 983040L);
    final Tensor dFirst = buffer("d stage1.2.first", 32, 32, 16, 786432L);
    final Tensor dFirstConv = buffer("d stage1.2.first.conv", 32, 32, 16, 786432L);
    final Tensor firstInferred = buffer("stage1.2.first", 32, 32, 16, 65536L);
    final Tensor secondInferred = buffer("stage1.2.second", 32, 32, 16, 131072L);
    final Tensor outInferred = buffer("stage1.2.out", 32, 32, 16, 65536L);
    final Parameter firstWeight = convWeight("stage1.2.first.weight", 16, 16, 3, 3, 1);
    final BatchNorm firstNorm = batchNorm("stage1.2.first.norm", 16);
    final Epilogue firstEpilogue = Epilogue.of(firstNorm).relu(firstMask);
    final Parameter secondWeight = convWeight("stage1.2.second.weight", 16, 16, 3, 3, 1);
    final BatchNorm secondNorm = batchNorm("stage1.2.second.norm", 16);
    final Excitation recalibrated = excitation("stage1.2.recalibrated", 16, 1, true);
    final Epilogue outEpilogue = Epilogue.of(secondNorm).excite(recalibrated).add().relu(outMask);
    final Tensor firstWeightFolded = foldedWeight(firstWeight);
    final Tensor firstWeightFoldedBias = foldedBias(firstWeight);
    final Tensor secondWeightFolded = foldedWeight(secondWeight);
    final Tensor secondWeightFoldedBias = foldedBias(secondWeight);

    void forward() {
      ops.convolutionForward(firstConv, stage1Unit1.out, firstWeight, CONV_3X3); // 16x32x32
      ops.batchNormMoments(firstNorm, firstConv);
      ops.batchNormStatistics(firstEpilogue, 1024);
      ops.batchNormForward(first, firstConv, firstEpilogue); // 16x32x32
      ops.convolutionForward(secondConv, first, secondWeight, CONV_3X3); // 16x32x32
      ops.batchNormMoments(secondNorm, secondConv);
      ops.batchNormStatistics(outEpilogue, 1024);
      ops.batchNormAddForward(out, secondConv, stage1Unit1.out, outEpilogue); // 16x32x32
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, secondConv, stage1Unit1.out);
      ops.batchNormBackwardStatistics(outEpilogue, 1024);
      ops.batchNormAddBackward(dSecondConv, stage1Unit1.dOut, dOut, out, secondConv,
          stage1Unit1.out, outEpilogue);
      ops.convolutionBackwardWeights(secondWeight, first, dSecondConv, CONV_3X3);
      ops.convolutionBackwardData(dFirst, dSecondConv, secondWeight, CONV_3X3);
      ops.batchNormBackwardSums(firstEpilogue, dFirst, first, firstConv);
      ops.batchNormBackwardStatistics(firstEpilogue, 1024);
      ops.batchNormBackward(dFirstConv, dFirst, first, firstConv, firstEpilogue);
      ops.convolutionBackwardWeights(firstWeight, stage1Unit1.out, dFirstConv, CONV_3X3);
      ops.convolutionBackwardDataAccumulate(stage1Unit1.dOut, dFirstConv, firstWeight, CONV_3X3);
    }

    void fold() {
      ops.foldBatchNorm(firstWeightFolded, firstWeightFoldedBias, firstWeight, firstNorm);
      ops.foldBatchNorm(secondWeightFolded, secondWeightFoldedBias, secondWeight, secondNorm);
    }

    void infer() {
      ops.convolutionInference(firstInferred, stage1Unit1.outInferred, firstWeightFolded,
          firstWeightFoldedBias, Activation.RELU, CONV_3X3); // 16x32x32
      ops.convolutionInference(secondInferred, firstInferred, secondWeightFolded,
          secondWeightFoldedBias, Activation.NONE, CONV_3X3); // 16x32x32
      ops.exciteForward(recalibrated, secondInferred);
      ops.scaleAddInference(outInferred, secondInferred, stage1Unit1.outInferred, recalibrated,
          Activation.RELU); // 16x32x32
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage1.2.first", "Conv 3x3", 16, 32, 32, 2336L, 2359296L);
      summary.layer("stage1.2.second", "Conv 3x3", 16, 32, 32, 2336L, 2359296L);
      summary.layer("stage1.2.recalibrated", "SqueezeExcite", 16, 32, 32, 49L, 32L);
      summary.layer("stage1.2.shortcut", "Shortcut", 16, 32, 32, 0L, 0L);
      summary.layer("stage1.2.out", "Add", 16, 32, 32, 0L, 0L);
    }
  }

  /**
   * stage2.0: 5 layers, to 32x16x16.
   */
  private final class Stage2Unit0 extends Layer {
    final Tensor firstConv = activation("stage2.0.first.conv", 16, 16, 32, 983040L);
    final Tensor first = activation("stage2.0.first", 16, 16, 32, 1015808L);
    final Tensor firstMask = bits("stage2.0.first.mask", 16, 16, 32, 1634304L);
    final Tensor secondConv = activation("stage2.0.second.conv", 16, 16, 32, 917504L);
    final Tensor shortcutConv = activation("stage2.0.shortcut.conv", 16, 16, 32, 950272L);
    final Tensor out = activation("stage2.0.out", 16, 16, 32, 1048576L);
    final Tensor outMask = bits("stage2.0.out.mask", 16, 16, 32, 1636352L);
    final Tensor dOut = buffer("d stage2.0.out", 16, 16, 32, 1245184L);
    final Tensor dSecondConv = buffer("d stage2.0.second.conv", 16, 16, 32, 1081344L);
    final Tensor dShortcutConv = buffer("d stage2.0.shortcut.conv", 16, 16, 32, 1114112L);
    final Tensor dFirst = buffer("d stage2.0.first", 16, 16, 32, 1048576L);
    final Tensor dFirstConv = buffer("d stage2.0.first.conv", 16, 16, 32, 1048576L);
    final Tensor firstInferred = buffer("stage2.0.first", 16, 16, 32, 0L);
    final Tensor secondInferred = buffer("stage2.0.second", 16, 16, 32, 32768L);
    final Tensor shortcutInferred = buffer("stage2.0.shortcut", 16, 16, 32, 0L);
    final Tensor outInferred = buffer("stage2.0.out", 16, 16, 32, 65536L);
    final Parameter firstWeight = convWeight("stage2.0.first.weight", 32, 16, 3, 3, 1);
    final BatchNorm firstNorm = batchNorm("stage2.0.first.norm", 32);
    final Epilogue firstEpilogue = Epilogue.of(firstNorm).relu(firstMask);
    final Parameter secondWeight = convWeight("stage2.0.second.weight", 32, 32, 3, 3, 1);
    final Parameter shortcutWeight = convWeight("stage2.0.shortcut.weight", 32, 16, 1, 1, 1);
    final BatchNorm secondNorm = batchNorm("stage2.0.second.norm", 32);
    final Excitation recalibrated = excitation("stage2.0.recalibrated", 32, 2, true);
    final BatchNorm shortcutNorm = batchNorm("stage2.0.shortcut.norm", 32);
    final Epilogue outEpilogue = Epilogue.of(secondNorm).excite(recalibrated).add(shortcutNorm).relu(outMask);
    final Tensor firstWeightFolded = foldedWeight(firstWeight);
    final Tensor firstWeightFoldedBias = foldedBias(firstWeight);
    final Tensor secondWeightFolded = foldedWeight(secondWeight);
    final Tensor secondWeightFoldedBias = foldedBias(secondWeight);
    final Tensor shortcutWeightFolded = foldedWeight(shortcutWeight);
    final Tensor shortcutWeightFoldedBias = foldedBias(shortcutWeight);

    void forward() {
      ops.convolutionForward(firstConv, stage1Unit2.out, firstWeight, CONV_3X3_STRIDE2); // 32x16x16
      ops.batchNormMoments(firstNorm, firstConv);
      ops.batchNormStatistics(firstEpilogue, 256);
      ops.batchNormForward(first, firstConv, firstEpilogue); // 32x16x16
      ops.convolutionForward(secondConv, first, secondWeight, CONV_3X3); // 32x16x16
      ops.convolutionForward(shortcutConv, stage1Unit2.out, shortcutWeight,
          CONV_1X1_STRIDE2); // 32x16x16
      ops.batchNormMoments(secondNorm, secondConv);
      ops.batchNormMoments(shortcutNorm, shortcutConv);
      ops.batchNormStatistics(outEpilogue, 256);
      ops.batchNormAddForward(out, secondConv, shortcutConv, outEpilogue); // 32x16x16
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, secondConv, shortcutConv);
      ops.batchNormBackwardStatistics(outEpilogue, 256);
      ops.batchNormAddBackward(dSecondConv, dShortcutConv, dOut, out, secondConv, shortcutConv,
          outEpilogue);
      ops.convolutionBackwardWeights(shortcutWeight, stage1Unit2.out, dShortcutConv,
          CONV_1X1_STRIDE2);
      ops.convolutionBackwardData(stage1Unit2.dOut, dShortcutConv, shortcutWeight,
          CONV_1X1_STRIDE2);
      ops.convolutionBackwardWeights(secondWeight, first, dSecondConv, CONV_3X3);
      ops.convolutionBackwardData(dFirst, dSecondConv, secondWeight, CONV_3X3);
      ops.batchNormBackwardSums(firstEpilogue, dFirst, first, firstConv);
      ops.batchNormBackwardStatistics(firstEpilogue, 256);
      ops.batchNormBackward(dFirstConv, dFirst, first, firstConv, firstEpilogue);
      ops.convolutionBackwardWeights(firstWeight, stage1Unit2.out, dFirstConv, CONV_3X3_STRIDE2);
      ops.convolutionBackwardDataAccumulate(stage1Unit2.dOut, dFirstConv, firstWeight,
          CONV_3X3_STRIDE2);
    }

    void fold() {
      ops.foldBatchNorm(firstWeightFolded, firstWeightFoldedBias, firstWeight, firstNorm);
      ops.foldBatchNorm(secondWeightFolded, secondWeightFoldedBias, secondWeight, secondNorm);
      ops.foldBatchNorm(shortcutWeightFolded, shortcutWeightFoldedBias, shortcutWeight,
          shortcutNorm);
    }

    void infer() {
      ops.convolutionInference(firstInferred, stage1Unit2.outInferred, firstWeightFolded,
          firstWeightFoldedBias, Activation.RELU, CONV_3X3_STRIDE2); // 32x16x16
      ops.convolutionInference(secondInferred, firstInferred, secondWeightFolded,
          secondWeightFoldedBias, Activation.NONE, CONV_3X3); // 32x16x16
      ops.convolutionInference(shortcutInferred, stage1Unit2.outInferred, shortcutWeightFolded,
          shortcutWeightFoldedBias, Activation.NONE, CONV_1X1_STRIDE2); // 32x16x16
      ops.exciteForward(recalibrated, secondInferred);
      ops.scaleAddInference(outInferred, secondInferred, shortcutInferred, recalibrated,
          Activation.RELU); // 32x16x16
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage2.0.first", "Conv 3x3 /2", 32, 16, 16, 4672L, 1179648L);
      summary.layer("stage2.0.second", "Conv 3x3", 32, 16, 16, 9280L, 2359296L);
      summary.layer("stage2.0.recalibrated", "SqueezeExcite", 32, 16, 16, 162L, 128L);
      summary.layer("stage2.0.shortcut", "Shortcut /2", 32, 16, 16, 576L, 131072L);
      summary.layer("stage2.0.out", "Add", 32, 16, 16, 0L, 0L);
    }
  }

  /**
   * stage2.1: 5 layers, to 32x16x16.
   */
  private final class Stage2Unit1 extends Layer {
    final Tensor firstConv = activation("stage2.1.first.conv", 16, 16, 32, 1081344L);
    final Tensor first = activation("stage2.1.first", 16, 16, 32, 1114112L);
    final Tensor firstMask = bits("stage2.1.first.mask", 16, 16, 32, 1638400L);
    final Tensor secondConv = activation("stage2.1.second.conv", 16, 16, 32, 1146880L);
    final Tensor out = activation("stage2.1.out", 16, 16, 32, 1179648L);
    final Tensor outMask = bits("stage2.1.out.mask", 16, 16, 32, 1640448L);
    final Tensor dOut = buffer("d stage2.1.out", 16, 16, 32, 1409024L);
    final Tensor dSecondConv = buffer("d stage2.1.second.conv", 16, 16, 32, 1212416L);
    final Tensor dFirst = buffer("d stage2.1.first", 16, 16, 32, 1146880L);
    final Tensor dFirstConv = buffer("d stage2.1.first.conv", 16, 16, 32, 1146880L);
    final Tensor firstInferred = buffer("stage2.1.first", 16, 16, 32, 0L);
    final Tensor secondInferred = buffer("stage2.1.second", 16, 16, 32, 32768L);
    final Tensor outInferred = buffer("stage2.1.out", 16, 16, 32, 0L);
    final Parameter firstWeight = convWeight("stage2.1.first.weight", 32, 32, 3, 3, 1);
    final BatchNorm firstNorm = batchNorm("stage2.1.first.norm", 32);
    final Epilogue firstEpilogue = Epilogue.of(firstNorm).relu(firstMask);
    final Parameter secondWeight = convWeight("stage2.1.second.weight", 32, 32, 3, 3, 1);
    final BatchNorm secondNorm = batchNorm("stage2.1.second.norm", 32);
    final Excitation recalibrated = excitation("stage2.1.recalibrated", 32, 2, true);
    final Epilogue outEpilogue = Epilogue.of(secondNorm).excite(recalibrated).add().relu(outMask);
    final Tensor firstWeightFolded = foldedWeight(firstWeight);
    final Tensor firstWeightFoldedBias = foldedBias(firstWeight);
    final Tensor secondWeightFolded = foldedWeight(secondWeight);
    final Tensor secondWeightFoldedBias = foldedBias(secondWeight);

    void forward() {
      ops.convolutionForward(firstConv, stage2Unit0.out, firstWeight, CONV_3X3); // 32x16x16
      ops.batchNormMoments(firstNorm, firstConv);
      ops.batchNormStatistics(firstEpilogue, 256);
      ops.batchNormForward(first, firstConv, firstEpilogue); // 32x16x16
      ops.convolutionForward(secondConv, first, secondWeight, CONV_3X3); // 32x16x16
      ops.batchNormMoments(secondNorm, secondConv);
      ops.batchNormStatistics(outEpilogue, 256);
      ops.batchNormAddForward(out, secondConv, stage2Unit0.out, outEpilogue); // 32x16x16
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, secondConv, stage2Unit0.out);
      ops.batchNormBackwardStatistics(outEpilogue, 256);
      ops.batchNormAddBackward(dSecondConv, stage2Unit0.dOut, dOut, out, secondConv,
          stage2Unit0.out, outEpilogue);
      ops.convolutionBackwardWeights(secondWeight, first, dSecondConv, CONV_3X3);
      ops.convolutionBackwardData(dFirst, dSecondConv, secondWeight, CONV_3X3);
      ops.batchNormBackwardSums(firstEpilogue, dFirst, first, firstConv);
      ops.batchNormBackwardStatistics(firstEpilogue, 256);
      ops.batchNormBackward(dFirstConv, dFirst, first, firstConv, firstEpilogue);
      ops.convolutionBackwardWeights(firstWeight, stage2Unit0.out, dFirstConv, CONV_3X3);
      ops.convolutionBackwardDataAccumulate(stage2Unit0.dOut, dFirstConv, firstWeight, CONV_3X3);
    }

    void fold() {
      ops.foldBatchNorm(firstWeightFolded, firstWeightFoldedBias, firstWeight, firstNorm);
      ops.foldBatchNorm(secondWeightFolded, secondWeightFoldedBias, secondWeight, secondNorm);
    }

    void infer() {
      ops.convolutionInference(firstInferred, stage2Unit0.outInferred, firstWeightFolded,
          firstWeightFoldedBias, Activation.RELU, CONV_3X3); // 32x16x16
      ops.convolutionInference(secondInferred, firstInferred, secondWeightFolded,
          secondWeightFoldedBias, Activation.NONE, CONV_3X3); // 32x16x16
      ops.exciteForward(recalibrated, secondInferred);
      ops.scaleAddInference(outInferred, secondInferred, stage2Unit0.outInferred, recalibrated,
          Activation.RELU); // 32x16x16
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage2.1.first", "Conv 3x3", 32, 16, 16, 9280L, 2359296L);
      summary.layer("stage2.1.second", "Conv 3x3", 32, 16, 16, 9280L, 2359296L);
      summary.layer("stage2.1.recalibrated", "SqueezeExcite", 32, 16, 16, 162L, 128L);
      summary.layer("stage2.1.shortcut", "Shortcut", 32, 16, 16, 0L, 0L);
      summary.layer("stage2.1.out", "Add", 32, 16, 16, 0L, 0L);
    }
  }

  /**
   * stage2.2: 5 layers, to 32x16x16.
   */
  private final class Stage2Unit2 extends Layer {
    final Tensor firstConv = activation("stage2.2.first.conv", 16, 16, 32, 1212416L);
    final Tensor first = activation("stage2.2.first", 16, 16, 32, 1245184L);
    final Tensor firstMask = bits("stage2.2.first.mask", 16, 16, 32, 1642496L);
    final Tensor secondConv = activation("stage2.2.second.conv", 16, 16, 32, 1277952L);
    final Tensor out = activation("stage2.2.out", 16, 16, 32, 1310720L);
    final Tensor outMask = bits("stage2.2.out.mask", 16, 16, 32, 1644544L);
    final Tensor dOut = buffer("d stage2.2.out", 16, 16, 32, 1343488L);
    final Tensor dSecondConv = buffer("d stage2.2.second.conv", 16, 16, 32, 1376256L);
    final Tensor dFirst = buffer("d stage2.2.first", 16, 16, 32, 1277952L);
    final Tensor dFirstConv = buffer("d stage2.2.first.conv", 16, 16, 32, 1277952L);
    final Tensor firstInferred = buffer("stage2.2.first", 16, 16, 32, 32768L);
    final Tensor secondInferred = buffer("stage2.2.second", 16, 16, 32, 65536L);
    final Tensor outInferred = buffer("stage2.2.out", 16, 16, 32, 32768L);
    final Parameter firstWeight = convWeight("stage2.2.first.weight", 32, 32, 3, 3, 1);
    final BatchNorm firstNorm = batchNorm("stage2.2.first.norm", 32);
    final Epilogue firstEpilogue = Epilogue.of(firstNorm).relu(firstMask);
    final Parameter secondWeight = convWeight("stage2.2.second.weight", 32, 32, 3, 3, 1);
    final BatchNorm secondNorm = batchNorm("stage2.2.second.norm", 32);
    final Excitation recalibrated = excitation("stage2.2.recalibrated", 32, 2, true);
    final Epilogue outEpilogue = Epilogue.of(secondNorm).excite(recalibrated).add().relu(outMask);
    final Tensor firstWeightFolded = foldedWeight(firstWeight);
    final Tensor firstWeightFoldedBias = foldedBias(firstWeight);
    final Tensor secondWeightFolded = foldedWeight(secondWeight);
    final Tensor secondWeightFoldedBias = foldedBias(secondWeight);

    void forward() {
      ops.convolutionForward(firstConv, stage2Unit1.out, firstWeight, CONV_3X3); // 32x16x16
      ops.batchNormMoments(firstNorm, firstConv);
      ops.batchNormStatistics(firstEpilogue, 256);
      ops.batchNormForward(first, firstConv, firstEpilogue); // 32x16x16
      ops.convolutionForward(secondConv, first, secondWeight, CONV_3X3); // 32x16x16
      ops.batchNormMoments(secondNorm, secondConv);
      ops.batchNormStatistics(outEpilogue, 256);
      ops.batchNormAddForward(out, secondConv, stage2Unit1.out, outEpilogue); // 32x16x16
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, secondConv, stage2Unit1.out);
      ops.batchNormBackwardStatistics(outEpilogue, 256);
      ops.batchNormAddBackward(dSecondConv, stage2Unit1.dOut, dOut, out, secondConv,
          stage2Unit1.out, outEpilogue);
      ops.convolutionBackwardWeights(secondWeight, first, dSecondConv, CONV_3X3);
      ops.convolutionBackwardData(dFirst, dSecondConv, secondWeight, CONV_3X3);
      ops.batchNormBackwardSums(firstEpilogue, dFirst, first, firstConv);
      ops.batchNormBackwardStatistics(firstEpilogue, 256);
      ops.batchNormBackward(dFirstConv, dFirst, first, firstConv, firstEpilogue);
      ops.convolutionBackwardWeights(firstWeight, stage2Unit1.out, dFirstConv, CONV_3X3);
      ops.convolutionBackwardDataAccumulate(stage2Unit1.dOut, dFirstConv, firstWeight, CONV_3X3);
    }

    void fold() {
      ops.foldBatchNorm(firstWeightFolded, firstWeightFoldedBias, firstWeight, firstNorm);
      ops.foldBatchNorm(secondWeightFolded, secondWeightFoldedBias, secondWeight, secondNorm);
    }

    void infer() {
      ops.convolutionInference(firstInferred, stage2Unit1.outInferred, firstWeightFolded,
          firstWeightFoldedBias, Activation.RELU, CONV_3X3); // 32x16x16
      ops.convolutionInference(secondInferred, firstInferred, secondWeightFolded,
          secondWeightFoldedBias, Activation.NONE, CONV_3X3); // 32x16x16
      ops.exciteForward(recalibrated, secondInferred);
      ops.scaleAddInference(outInferred, secondInferred, stage2Unit1.outInferred, recalibrated,
          Activation.RELU); // 32x16x16
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage2.2.first", "Conv 3x3", 32, 16, 16, 9280L, 2359296L);
      summary.layer("stage2.2.second", "Conv 3x3", 32, 16, 16, 9280L, 2359296L);
      summary.layer("stage2.2.recalibrated", "SqueezeExcite", 32, 16, 16, 162L, 128L);
      summary.layer("stage2.2.shortcut", "Shortcut", 32, 16, 16, 0L, 0L);
      summary.layer("stage2.2.out", "Add", 32, 16, 16, 0L, 0L);
    }
  }

  /**
   * stage3.0: 5 layers, to 64x8x8.
   */
  private final class Stage3Unit0 extends Layer {
    final Tensor firstConv = activation("stage3.0.first.conv", 8, 8, 64, 1376256L);
    final Tensor first = activation("stage3.0.first", 8, 8, 64, 1392640L);
    final Tensor firstMask = bits("stage3.0.first.mask", 8, 8, 64, 1646592L);
    final Tensor secondConv = activation("stage3.0.second.conv", 8, 8, 64, 1343488L);
    final Tensor shortcutConv = activation("stage3.0.shortcut.conv", 8, 8, 64, 1359872L);
    final Tensor out = activation("stage3.0.out", 8, 8, 64, 1409024L);
    final Tensor outMask = bits("stage3.0.out.mask", 8, 8, 64, 1647616L);
    final Tensor dOut = buffer("d stage3.0.out", 8, 8, 64, 1507328L);
    final Tensor dSecondConv = buffer("d stage3.0.second.conv", 8, 8, 64, 1425408L);
    final Tensor dShortcutConv = buffer("d stage3.0.shortcut.conv", 8, 8, 64, 1441792L);
    final Tensor dFirst = buffer("d stage3.0.first", 8, 8, 64, 1409024L);
    final Tensor dFirstConv = buffer("d stage3.0.first.conv", 8, 8, 64, 1409024L);
    final Tensor firstInferred = buffer("stage3.0.first", 8, 8, 64, 0L);
    final Tensor secondInferred = buffer("stage3.0.second", 8, 8, 64, 16384L);
    final Tensor shortcutInferred = buffer("stage3.0.shortcut", 8, 8, 64, 0L);
    final Tensor outInferred = buffer("stage3.0.out", 8, 8, 64, 32768L);
    final Parameter firstWeight = convWeight("stage3.0.first.weight", 64, 32, 3, 3, 1);
    final BatchNorm firstNorm = batchNorm("stage3.0.first.norm", 64);
    final Epilogue firstEpilogue = Epilogue.of(firstNorm).relu(firstMask);
    final Parameter secondWeight = convWeight("stage3.0.second.weight", 64, 64, 3, 3, 1);
    final Parameter shortcutWeight = convWeight("stage3.0.shortcut.weight", 64, 32, 1, 1, 1);
    final BatchNorm secondNorm = batchNorm("stage3.0.second.norm", 64);
    final Excitation recalibrated = excitation("stage3.0.recalibrated", 64, 4, true);
    final BatchNorm shortcutNorm = batchNorm("stage3.0.shortcut.norm", 64);
    final Epilogue outEpilogue = Epilogue.of(secondNorm).excite(recalibrated).add(shortcutNorm).relu(outMask);
    final Tensor firstWeightFolded = foldedWeight(firstWeight);
    final Tensor firstWeightFoldedBias = foldedBias(firstWeight);
    final Tensor secondWeightFolded = foldedWeight(secondWeight);
    final Tensor secondWeightFoldedBias = foldedBias(secondWeight);
    final Tensor shortcutWeightFolded = foldedWeight(shortcutWeight);
    final Tensor shortcutWeightFoldedBias = foldedBias(shortcutWeight);

    void forward() {
      ops.convolutionForward(firstConv, stage2Unit2.out, firstWeight, CONV_3X3_STRIDE2); // 64x8x8
      ops.batchNormMoments(firstNorm, firstConv);
      ops.batchNormStatistics(firstEpilogue, 64);
      ops.batchNormForward(first, firstConv, firstEpilogue); // 64x8x8
      ops.convolutionForward(secondConv, first, secondWeight, CONV_3X3); // 64x8x8
      ops.convolutionForward(shortcutConv, stage2Unit2.out, shortcutWeight,
          CONV_1X1_STRIDE2); // 64x8x8
      ops.batchNormMoments(secondNorm, secondConv);
      ops.batchNormMoments(shortcutNorm, shortcutConv);
      ops.batchNormStatistics(outEpilogue, 64);
      ops.batchNormAddForward(out, secondConv, shortcutConv, outEpilogue); // 64x8x8
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, secondConv, shortcutConv);
      ops.batchNormBackwardStatistics(outEpilogue, 64);
      ops.batchNormAddBackward(dSecondConv, dShortcutConv, dOut, out, secondConv, shortcutConv,
          outEpilogue);
      ops.convolutionBackwardWeights(shortcutWeight, stage2Unit2.out, dShortcutConv,
          CONV_1X1_STRIDE2);
      ops.convolutionBackwardData(stage2Unit2.dOut, dShortcutConv, shortcutWeight,
          CONV_1X1_STRIDE2);
      ops.convolutionBackwardWeights(secondWeight, first, dSecondConv, CONV_3X3);
      ops.convolutionBackwardData(dFirst, dSecondConv, secondWeight, CONV_3X3);
      ops.batchNormBackwardSums(firstEpilogue, dFirst, first, firstConv);
      ops.batchNormBackwardStatistics(firstEpilogue, 64);
      ops.batchNormBackward(dFirstConv, dFirst, first, firstConv, firstEpilogue);
      ops.convolutionBackwardWeights(firstWeight, stage2Unit2.out, dFirstConv, CONV_3X3_STRIDE2);
      ops.convolutionBackwardDataAccumulate(stage2Unit2.dOut, dFirstConv, firstWeight,
          CONV_3X3_STRIDE2);
    }

    void fold() {
      ops.foldBatchNorm(firstWeightFolded, firstWeightFoldedBias, firstWeight, firstNorm);
      ops.foldBatchNorm(secondWeightFolded, secondWeightFoldedBias, secondWeight, secondNorm);
      ops.foldBatchNorm(shortcutWeightFolded, shortcutWeightFoldedBias, shortcutWeight,
          shortcutNorm);
    }

    void infer() {
      ops.convolutionInference(firstInferred, stage2Unit2.outInferred, firstWeightFolded,
          firstWeightFoldedBias, Activation.RELU, CONV_3X3_STRIDE2); // 64x8x8
      ops.convolutionInference(secondInferred, firstInferred, secondWeightFolded,
          secondWeightFoldedBias, Activation.NONE, CONV_3X3); // 64x8x8
      ops.convolutionInference(shortcutInferred, stage2Unit2.outInferred, shortcutWeightFolded,
          shortcutWeightFoldedBias, Activation.NONE, CONV_1X1_STRIDE2); // 64x8x8
      ops.exciteForward(recalibrated, secondInferred);
      ops.scaleAddInference(outInferred, secondInferred, shortcutInferred, recalibrated,
          Activation.RELU); // 64x8x8
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage3.0.first", "Conv 3x3 /2", 64, 8, 8, 18560L, 1179648L);
      summary.layer("stage3.0.second", "Conv 3x3", 64, 8, 8, 36992L, 2359296L);
      summary.layer("stage3.0.recalibrated", "SqueezeExcite", 64, 8, 8, 580L, 512L);
      summary.layer("stage3.0.shortcut", "Shortcut /2", 64, 8, 8, 2176L, 131072L);
      summary.layer("stage3.0.out", "Add", 64, 8, 8, 0L, 0L);
    }
  }

  /**
   * stage3.1: 5 layers, to 64x8x8.
   */
  private final class Stage3Unit1 extends Layer {
    final Tensor firstConv = activation("stage3.1.first.conv", 8, 8, 64, 1425408L);
    final Tensor first = activation("stage3.1.first", 8, 8, 64, 1441792L);
    final Tensor firstMask = bits("stage3.1.first.mask", 8, 8, 64, 1648640L);
    final Tensor secondConv = activation("stage3.1.second.conv", 8, 8, 64, 1458176L);
    final Tensor out = activation("stage3.1.out", 8, 8, 64, 1474560L);
    final Tensor outMask = bits("stage3.1.out.mask", 8, 8, 64, 1649664L);
    final Tensor dOut = buffer("d stage3.1.out", 8, 8, 64, 1589248L);
    final Tensor dSecondConv = buffer("d stage3.1.second.conv", 8, 8, 64, 1490944L);
    final Tensor dFirst = buffer("d stage3.1.first", 8, 8, 64, 1458176L);
    final Tensor dFirstConv = buffer("d stage3.1.first.conv", 8, 8, 64, 1458176L);
    final Tensor firstInferred = buffer("stage3.1.first", 8, 8, 64, 0L);
    final Tensor secondInferred = buffer("stage3.1.second", 8, 8, 64, 16384L);
    final Tensor outInferred = buffer("stage3.1.out", 8, 8, 64, 0L);
    final Parameter firstWeight = convWeight("stage3.1.first.weight", 64, 64, 3, 3, 1);
    final BatchNorm firstNorm = batchNorm("stage3.1.first.norm", 64);
    final Epilogue firstEpilogue = Epilogue.of(firstNorm).relu(firstMask);
    final Parameter secondWeight = convWeight("stage3.1.second.weight", 64, 64, 3, 3, 1);
    final BatchNorm secondNorm = batchNorm("stage3.1.second.norm", 64);
    final Excitation recalibrated = excitation("stage3.1.recalibrated", 64, 4, true);
    final Epilogue outEpilogue = Epilogue.of(secondNorm).excite(recalibrated).add().relu(outMask);
    final Tensor firstWeightFolded = foldedWeight(firstWeight);
    final Tensor firstWeightFoldedBias = foldedBias(firstWeight);
    final Tensor secondWeightFolded = foldedWeight(secondWeight);
    final Tensor secondWeightFoldedBias = foldedBias(secondWeight);

    void forward() {
      ops.convolutionForward(firstConv, stage3Unit0.out, firstWeight, CONV_3X3); // 64x8x8
      ops.batchNormMoments(firstNorm, firstConv);
      ops.batchNormStatistics(firstEpilogue, 64);
      ops.batchNormForward(first, firstConv, firstEpilogue); // 64x8x8
      ops.convolutionForward(secondConv, first, secondWeight, CONV_3X3); // 64x8x8
      ops.batchNormMoments(secondNorm, secondConv);
      ops.batchNormStatistics(outEpilogue, 64);
      ops.batchNormAddForward(out, secondConv, stage3Unit0.out, outEpilogue); // 64x8x8
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, secondConv, stage3Unit0.out);
      ops.batchNormBackwardStatistics(outEpilogue, 64);
      ops.batchNormAddBackward(dSecondConv, stage3Unit0.dOut, dOut, out, secondConv,
          stage3Unit0.out, outEpilogue);
      ops.convolutionBackwardWeights(secondWeight, first, dSecondConv, CONV_3X3);
      ops.convolutionBackwardData(dFirst, dSecondConv, secondWeight, CONV_3X3);
      ops.batchNormBackwardSums(firstEpilogue, dFirst, first, firstConv);
      ops.batchNormBackwardStatistics(firstEpilogue, 64);
      ops.batchNormBackward(dFirstConv, dFirst, first, firstConv, firstEpilogue);
      ops.convolutionBackwardWeights(firstWeight, stage3Unit0.out, dFirstConv, CONV_3X3);
      ops.convolutionBackwardDataAccumulate(stage3Unit0.dOut, dFirstConv, firstWeight, CONV_3X3);
    }

    void fold() {
      ops.foldBatchNorm(firstWeightFolded, firstWeightFoldedBias, firstWeight, firstNorm);
      ops.foldBatchNorm(secondWeightFolded, secondWeightFoldedBias, secondWeight, secondNorm);
    }

    void infer() {
      ops.convolutionInference(firstInferred, stage3Unit0.outInferred, firstWeightFolded,
          firstWeightFoldedBias, Activation.RELU, CONV_3X3); // 64x8x8
      ops.convolutionInference(secondInferred, firstInferred, secondWeightFolded,
          secondWeightFoldedBias, Activation.NONE, CONV_3X3); // 64x8x8
      ops.exciteForward(recalibrated, secondInferred);
      ops.scaleAddInference(outInferred, secondInferred, stage3Unit0.outInferred, recalibrated,
          Activation.RELU); // 64x8x8
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage3.1.first", "Conv 3x3", 64, 8, 8, 36992L, 2359296L);
      summary.layer("stage3.1.second", "Conv 3x3", 64, 8, 8, 36992L, 2359296L);
      summary.layer("stage3.1.recalibrated", "SqueezeExcite", 64, 8, 8, 580L, 512L);
      summary.layer("stage3.1.shortcut", "Shortcut", 64, 8, 8, 0L, 0L);
      summary.layer("stage3.1.out", "Add", 64, 8, 8, 0L, 0L);
    }
  }

  /**
   * stage3.2: 5 layers, to 64x8x8.
   */
  private final class Stage3Unit2 extends Layer {
    final Tensor firstConv = activation("stage3.2.first.conv", 8, 8, 64, 1490944L);
    final Tensor first = activation("stage3.2.first", 8, 8, 64, 1507328L);
    final Tensor firstMask = bits("stage3.2.first.mask", 8, 8, 64, 1650688L);
    final Tensor secondConv = activation("stage3.2.second.conv", 8, 8, 64, 1523712L);
    final Tensor out = activation("stage3.2.out", 8, 8, 64, 1540096L);
    final Tensor outMask = bits("stage3.2.out.mask", 8, 8, 64, 1651712L);
    final Tensor dOut = buffer("d stage3.2.out", 8, 8, 64, 1556480L);
    final Tensor dSecondConv = buffer("d stage3.2.second.conv", 8, 8, 64, 1572864L);
    final Tensor dFirst = buffer("d stage3.2.first", 8, 8, 64, 1523712L);
    final Tensor dFirstConv = buffer("d stage3.2.first.conv", 8, 8, 64, 1523712L);
    final Tensor firstInferred = buffer("stage3.2.first", 8, 8, 64, 16384L);
    final Tensor secondInferred = buffer("stage3.2.second", 8, 8, 64, 32768L);
    final Tensor outInferred = buffer("stage3.2.out", 8, 8, 64, 16384L);
    final Parameter firstWeight = convWeight("stage3.2.first.weight", 64, 64, 3, 3, 1);
    final BatchNorm firstNorm = batchNorm("stage3.2.first.norm", 64);
    final Epilogue firstEpilogue = Epilogue.of(firstNorm).relu(firstMask);
    final Parameter secondWeight = convWeight("stage3.2.second.weight", 64, 64, 3, 3, 1);
    final BatchNorm secondNorm = batchNorm("stage3.2.second.norm", 64);
    final Excitation recalibrated = excitation("stage3.2.recalibrated", 64, 4, true);
    final Epilogue outEpilogue = Epilogue.of(secondNorm).excite(recalibrated).add().relu(outMask);
    final Tensor firstWeightFolded = foldedWeight(firstWeight);
    final Tensor firstWeightFoldedBias = foldedBias(firstWeight);
    final Tensor secondWeightFolded = foldedWeight(secondWeight);
    final Tensor secondWeightFoldedBias = foldedBias(secondWeight);

    void forward() {
      ops.convolutionForward(firstConv, stage3Unit1.out, firstWeight, CONV_3X3); // 64x8x8
      ops.batchNormMoments(firstNorm, firstConv);
      ops.batchNormStatistics(firstEpilogue, 64);
      ops.batchNormForward(first, firstConv, firstEpilogue); // 64x8x8
      ops.convolutionForward(secondConv, first, secondWeight, CONV_3X3); // 64x8x8
      ops.batchNormMoments(secondNorm, secondConv);
      ops.batchNormStatistics(outEpilogue, 64);
      ops.batchNormAddForward(out, secondConv, stage3Unit1.out, outEpilogue); // 64x8x8
    }

    void backward() {
      ops.batchNormAddBackwardSums(outEpilogue, dOut, out, secondConv, stage3Unit1.out);
      ops.batchNormBackwardStatistics(outEpilogue, 64);
      ops.batchNormAddBackward(dSecondConv, stage3Unit1.dOut, dOut, out, secondConv,
          stage3Unit1.out, outEpilogue);
      ops.convolutionBackwardWeights(secondWeight, first, dSecondConv, CONV_3X3);
      ops.convolutionBackwardData(dFirst, dSecondConv, secondWeight, CONV_3X3);
      ops.batchNormBackwardSums(firstEpilogue, dFirst, first, firstConv);
      ops.batchNormBackwardStatistics(firstEpilogue, 64);
      ops.batchNormBackward(dFirstConv, dFirst, first, firstConv, firstEpilogue);
      ops.convolutionBackwardWeights(firstWeight, stage3Unit1.out, dFirstConv, CONV_3X3);
      ops.convolutionBackwardDataAccumulate(stage3Unit1.dOut, dFirstConv, firstWeight, CONV_3X3);
    }

    void fold() {
      ops.foldBatchNorm(firstWeightFolded, firstWeightFoldedBias, firstWeight, firstNorm);
      ops.foldBatchNorm(secondWeightFolded, secondWeightFoldedBias, secondWeight, secondNorm);
    }

    void infer() {
      ops.convolutionInference(firstInferred, stage3Unit1.outInferred, firstWeightFolded,
          firstWeightFoldedBias, Activation.RELU, CONV_3X3); // 64x8x8
      ops.convolutionInference(secondInferred, firstInferred, secondWeightFolded,
          secondWeightFoldedBias, Activation.NONE, CONV_3X3); // 64x8x8
      ops.exciteForward(recalibrated, secondInferred);
      ops.scaleAddInference(outInferred, secondInferred, stage3Unit1.outInferred, recalibrated,
          Activation.RELU); // 64x8x8
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("stage3.2.first", "Conv 3x3", 64, 8, 8, 36992L, 2359296L);
      summary.layer("stage3.2.second", "Conv 3x3", 64, 8, 8, 36992L, 2359296L);
      summary.layer("stage3.2.recalibrated", "SqueezeExcite", 64, 8, 8, 580L, 512L);
      summary.layer("stage3.2.shortcut", "Shortcut", 64, 8, 8, 0L, 0L);
      summary.layer("stage3.2.out", "Add", 64, 8, 8, 0L, 0L);
    }
  }

  /**
   * features: GlobalAveragePool, to 64x1x1.
   */
  private final class FeaturesLayer extends Layer {
    final Tensor out = activation("features", 1, 1, 64, 1556480L);
    final Tensor dOut = buffer("d features", 1, 1, 64, 1572864L);
    final Tensor outInferred = buffer("features", 1, 1, 64, 0L);

    void forward() {
      ops.globalAveragePoolForward(out, stage3Unit2.out); // 64x1x1
    }

    void backward() {
      ops.globalAveragePoolBackward(stage3Unit2.dOut, dOut);
    }

    void infer() {
      ops.globalAveragePoolForward(outInferred, stage3Unit2.outInferred); // 64x1x1
    }

    static void describe(NetworkSummary.Builder summary) {
      summary.layer("features", "GlobalAveragePool", 64, 1, 1, 0L, 0L);
    }
  }

  /**
   * logits: Dense, to 10x1x1.
   */
  private final class LogitsLayer extends Layer {
    final Parameter weight = denseWeight("logits.weight", 10, 1, 1, 64);
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
      summary.layer("logits", "Dense", 10, 1, 1, 650L, 640L);
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
      return "dev.selkie.samples.SeResNet20";
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
