package dev.selkie.training.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.TestData;
import dev.selkie.training.data.DataSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelCardTest {
  private static final DataSet DATA = TestData.colours(4, 2);
  private final TrainableNetwork network = TestData.network(1);

  @AfterEach
  void close() {
    network.close();
  }

  private Map<String, String> card() {
    return new LinkedHashMap<>(ModelCard.of(network, DATA).metadata());
  }

  private void refused(String key, String value, String fault) {
    Map<String, String> card = card();
    card.put(key, value);
    String message =
        assertThrows(CheckpointException.class, () -> ModelCard.of(card, network), value)
            .getMessage();
    assertTrue(message.contains(fault), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aCardSaysWhatItWasToldInTheSameOrder() {
    assertEquals(ModelCard.of(network, DATA), ModelCard.of(card(), network));
    assertEquals(
        List.of("network", "fingerprint", "data", "classes", "mean", "deviation", "image"),
        new ArrayList<>(card().keySet()));
  }

  @Test
  void aCardThatLiesIsRefusedBeforeAnythingIsMadeOfIt() {
    refused("classes", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl", "12 classes but the network has 10");
    refused("classes", "", "0 classes");
    refused("classes", "a\nb\na", "the class 'a' twice");
    refused("image", "99999999 28 28", "images of 99999999x28x28");
    refused("image", "3 65536 65536", "do not fit the network's input of 3x8x8");
    refused("image", "3 9 8", "images of 3x9x8");
    refused("image", "2 8 8", "images of 2x8x8");
    refused("image", "3 0 8", "images of 3x0x8");
    refused("image", "3 -8 -8", "images of 3x-8x-8");
    refused("image", "3 8", "do not say what images");
    refused("image", "3 8 8 8", "do not say what images");
    refused("image", "3 99999999999 8", "do not say what images");
    refused("mean", "0.5", "do not say what images");
    refused("mean", "0.5 NaN 0.5", "means [0.5, NaN, 0.5]");
    refused("mean", "0.5 Infinity 0.5", "all are finite");
    refused("deviation", "1 1 0", "deviations are above 0");
    refused("deviation", "1 1 1e-300", "deviations are above 0");
    refused("deviation", "1 1 -1", "deviations are above 0");
    refused("deviation", "one 1 1", "do not say what images");
    refused("image", "1 8 8", "means for 3 channels, but images of 1");
  }

  @Test
  void otherDataIsSaid() {
    assertTrue(ModelCard.otherData(card(), DATA).isEmpty());
    Map<String, String> card = card();
    card.put("data", "digits");
    assertEquals(
        "the weights were trained on digits, not on colours",
        ModelCard.otherData(card, DATA).orElseThrow());
    card = card();
    card.put("classes", "red\nblue\ngreen");
    assertTrue(ModelCard.otherData(card, DATA).isPresent());
    assertTrue(ModelCard.otherData(Map.of(), DATA).isEmpty());
  }
}
