package dev.selkie.training.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.TestData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("weights.safetensors");
  }

  @Test
  void filesHoldPyTorchsNamesShapesAndOrder() {
    try (TrainableNetwork network = TestData.network(2)) {
      Weights.save(network, file(), 12, Map.of("network", "Hand"));
      try (SafetensorsReader reader = new SafetensorsReader(file())) {
        assertEquals(
            List.of(
                "stem.weight [8, 3, 3, 3]",
                "stem.norm.weight [8]",
                "stem.norm.bias [8]",
                "logits.weight [10, 8]",
                "logits.bias [10]",
                "stem.norm.running_mean [8]",
                "stem.norm.num_batches_tracked []",
                "stem.norm.running_var [8]"),
            reader.header().entries().stream().map(e -> e.name() + " " + e.shape()).toList());
        float[] saved = reader.floats(reader.header().entries().get(0));
        float[] held = TestData.values(network.parameters().get(0).value());
        for (int o = 0; o < 8; o++) {
          for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 3; y++) {
              for (int x = 0; x < 3; x++) {
                assertEquals(
                    held[((o * 3 + y) * 3 + x) * 3 + c], saved[((o * 3 + c) * 3 + y) * 3 + x]);
              }
            }
          }
        }
      }
    }
  }

  @Test
  void denseWeightsAreFlattenedChannelsFirst() {
    float[] memory = {0, 1, 2, 3, 4, 5};
    // One output of 1x3 positions and 2 channels: (h, w, c) in memory, (c, h, w) in the file.
    Shape shape = new Shape(1, 1, 3, 2);
    assertArrayEquals(new float[] {0, 2, 4, 1, 3, 5}, ChannelOrder.channelsFirst(memory, shape));
    assertArrayEquals(
        memory, ChannelOrder.channelsLast(ChannelOrder.channelsFirst(memory, shape), shape));
  }

  @Test
  void loadingGivesBackWhatWasSaved() {
    try (TrainableNetwork saved = TestData.network(2);
        TrainableNetwork loaded = TestData.network(4)) {
      saved.initialize(9);
      Weights.save(saved, file(), 0, Map.of("epoch", "3"));
      LoadedWeights read = Weights.load(loaded, file());
      assertEquals(Map.of("epoch", "3"), read.metadata());
      assertEquals(List.of(), read.sentences());
      for (int i = 0; i < saved.parameters().size(); i++) {
        Parameter wanted = saved.parameters().get(i);
        assertArrayEquals(
            TestData.values(wanted.value()),
            TestData.values(loaded.parameters().get(i).value()),
            wanted.name());
      }
    }
  }

  @Test
  void allThatDoesNotFitIsSaidAtOnceAndNothingIsLoaded() {
    try (TrainableNetwork network = TestData.network(2)) {
      List<SafetensorsWriter.Content> contents = new ArrayList<>();
      for (NamedTensor tensor : NamedTensor.of(network)) {
        String name = tensor.name().replace("stem.norm.bias", "stem.norm.bais");
        float[] values = new float[tensor.read().length];
        List<Long> shape = name.equals("logits.bias") ? List.of(2L, 5L) : tensor.dimensions();
        contents.add(SafetensorsWriter.Content.floats(name, shape, values));
      }
      SafetensorsWriter.write(file(), Map.of(), contents);
      float[] before = TestData.values(network.parameters().get(0).value());
      CheckpointException e =
          assertThrows(CheckpointException.class, () -> Weights.load(network, file()));
      String message = e.getMessage();
      assertTrue(message.contains("missing: stem.norm.bias (is it stem.norm.bais?)"), message);
      assertTrue(message.contains("unknown: stem.norm.bais (is it stem.norm.bias?)"), message);
      assertTrue(message.contains("logits.bias is [2, 5] in the file, [10]"), message);
      assertArrayEquals(before, TestData.values(network.parameters().get(0).value()));
    }
  }
}
