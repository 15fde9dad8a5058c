package dev.selkie.training;

import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.data.BatchFiller;
import dev.selkie.training.data.ImageAdapter;
import dev.selkie.training.data.LabeledImages;
import dev.selkie.training.data.Normalization;

/**
 * Runs a network over images by its inference pass. A last batch that is not full is padded; only
 * real images count.
 */
public final class Evaluator {
  private final TrainableNetwork network;
  private final LabeledImages images;
  private final BatchFiller filler;
  private final float[] inputs;
  private final float[] logits;

  public Evaluator(TrainableNetwork network, LabeledImages images, Normalization normalization) {
    this.network = network;
    this.images = images;
    ImageAdapter adapter = ImageAdapter.fit(images, network.input().shape());
    this.filler = new BatchFiller(images, normalization, adapter);
    this.inputs = new float[network.batch() * filler.inputSize()];
    this.logits = new float[network.batch() * network.classes()];
  }

  /** Receives each image's logits, starting at an offset of an array that is reused. */
  @FunctionalInterface
  public interface LogitsConsumer {
    void accept(int image, float[] logits, int offset);
  }

  /** Share of images whose highest logit is at their label. */
  public double accuracy() {
    int[] correct = {0};
    forEach(
        (image, values, offset) -> {
          if (highest(values, offset, network.classes()) == images.label(image)) {
            correct[0]++;
          }
        });
    return (double) correct[0] / images.count();
  }

  /** Infers all images in order, by the network as it is now. */
  public void forEach(LogitsConsumer consumer) {
    for (int first = 0; first < images.count(); first += network.batch()) {
      int count = Math.min(network.batch(), images.count() - first);
      for (int slot = 0; slot < count; slot++) {
        filler.fill(inputs, slot, first + slot);
      }
      network.input().write(inputs);
      network.infer();
      network.logits().read(logits);
      for (int slot = 0; slot < count; slot++) {
        consumer.accept(first + slot, logits, slot * network.classes());
      }
    }
  }

  /** The first of the highest; NaN is never higher. */
  private static int highest(float[] values, int offset, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[offset + i] > values[offset + best]) {
        best = i;
      }
    }
    return best;
  }
}
