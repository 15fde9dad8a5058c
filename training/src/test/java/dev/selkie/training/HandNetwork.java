package dev.selkie.training;

import dev.selkie.annotation.Activation;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.GeneratedNetwork;
import dev.selkie.runtime.Layout;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.NetworkSummary;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.TrainableNetwork;

/**
 * What the processor would write for a strided convolution with batch norm and ReLU, a pool, and a
 * dense layer, on images of 3x8x8: by hand, as a check of the contract and for tests.
 */
public final class HandNetwork extends GeneratedNetwork {
  public static final String NAME = "dev.selkie.training.Hand";

  private static final Layout LAYOUT = new Layout(1216, 192, 1280, 1152, 1728);
  private static final ConvGeometry STEM = new ConvGeometry(3, 3, 2, 1, 1, 1, 1);

  private final AllLayers all = new AllLayers();

  public HandNetwork(Device device, Batch batch) {
    super(NAME, VERSION, device, batch, LAYOUT, 3, 8, 8, 10);
    declared();
  }

  @Override
  protected void forwardLayers() {
    all.forward();
  }

  @Override
  protected void backwardLayers() {
    all.backward();
  }

  @Override
  protected void foldLayers() {
    all.fold();
  }

  @Override
  protected void inferLayers() {
    all.infer();
  }

  private final class AllLayers extends Layer {
    final Parameter stemWeight = convWeight("stem.weight", 8, 3, 3, 3, 1);
    final BatchNorm stemNorm = batchNorm("stem.norm", 8);
    final Parameter logitsWeight = denseWeight("logits.weight", 10, 1, 1, 8);
    final Parameter logitsBias = bias("logits.bias", 10);
    final Tensor stemFolded = foldedWeight(stemWeight);
    final Tensor stemFoldedBias = foldedBias(stemWeight);

    final Tensor stemConv = activation("stem.conv", 4, 4, 8, 0);
    final Tensor stem = activation("stem", 4, 4, 8, 512);
    final Epilogue stemEpilogue = Epilogue.of(stemNorm).relu(bits("stem.mask", 4, 4, 8, 1024));
    final Tensor features = activation("features", 1, 1, 8, 1088);
    final Tensor dFeatures = buffer("dFeatures", 1, 1, 8, 1152);
    final Tensor dStem = buffer("dStem", 4, 4, 8, 1216);

    void forward() {
      ops.convolutionForward(stemConv, input(), stemWeight, STEM);
      ops.batchNormMoments(stemNorm, stemConv);
      ops.batchNormStatistics(stemEpilogue, 16);
      ops.batchNormForward(stem, stemConv, stemEpilogue);
      ops.globalAveragePoolForward(features, stem);
      ops.denseBiasForward(logits(), features, logitsWeight, logitsBias);
    }

    void backward() {
      ops.denseBackwardWeights(logitsWeight, features, dLogits());
      ops.biasBackward(logitsBias, dLogits());
      ops.denseBackwardData(dFeatures, dLogits(), logitsWeight);
      ops.globalAveragePoolBackward(dStem, dFeatures);
      ops.batchNormBackwardSums(stemEpilogue, dStem, stem, stemConv);
      ops.batchNormBackwardStatistics(stemEpilogue, 16);
      ops.batchNormBackward(dStem, dStem, stem, stemConv, stemEpilogue);
      ops.convolutionBackwardWeights(stemWeight, input(), dStem, STEM);
    }

    void fold() {
      ops.foldBatchNorm(stemFolded, stemFoldedBias, stemWeight, stemNorm);
    }

    void infer() {
      ops.convolutionInference(stem, input(), stemFolded, stemFoldedBias, Activation.RELU, STEM);
      ops.globalAveragePoolForward(features, stem);
      ops.denseBiasForward(logits(), features, logitsWeight, logitsBias);
    }
  }

  @Override
  public NetworkSummary summary() {
    return new Factory().summary();
  }

  /** Found by the service loader in tests. */
  public static final class Factory implements NetworkFactory {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public TrainableNetwork create(Device device, Batch batch) {
      return new HandNetwork(device, batch);
    }

    @Override
    public NetworkSummary summary() {
      NetworkSummary.Builder builder = new NetworkSummary.Builder(NAME);
      builder.layer("stem", "Conv", 8, 4, 4, 216 + 16, 216 * 16);
      builder.layer("features", "GlobalAveragePool", 8, 1, 1, 0, 0);
      builder.layer("logits", "Dense", 10, 1, 1, 90, 80);
      return builder.build(LAYOUT);
    }
  }
}
