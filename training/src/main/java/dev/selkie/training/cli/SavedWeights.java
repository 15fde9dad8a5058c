package dev.selkie.training.cli;

import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.checkpoint.ModelCard;
import dev.selkie.training.checkpoint.Weights;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.files.OutputException;
import dev.selkie.training.files.Rescue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The weights that a training leaves.
 *
 * @param file where they go; null where nobody asked for them
 */
record SavedWeights(Path file, TrainableNetwork network, DataSet data) {

  /**
   * Writes them there, or where that fails, elsewhere.
   *
   * @param epoch that they are of
   * @return what went wrong and where they are instead; null where all is well
   */
  String write(int epoch, Consumer<String> told) {
    if (file == null) {
      return null;
    }
    try {
      write(file, epoch);
      told.accept("weights in %s".formatted(file));
      return null;
    } catch (OutputException e) {
      Path name = file.getFileName();
      Optional<Path> kept = Rescue.into(folder -> write(folder.resolve(name), epoch));
      return "%s; %s"
          .formatted(
              e.getMessage(),
              kept.map(
                      folder ->
                          "the weights of epoch %d are in %s instead (safetensors; --load takes it)"
                              .formatted(epoch, folder.resolve(name)))
                  .orElse("the weights could not be kept anywhere else"));
    }
  }

  private void write(Path target, int epoch) {
    Map<String, String> metadata = new LinkedHashMap<>(ModelCard.of(network, data).metadata());
    metadata.put("epoch", Integer.toString(epoch));
    long steps = (long) epoch * (data.train().count() / network.batch());
    Weights.save(network, target, steps, metadata);
  }
}
