package dev.selkie.training.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.TestData;
import dev.selkie.training.checkpoint.SafetensorsWriter.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not quite the network's own. */
class WeightsFitTest {
  @TempDir Path folder;
  private final TrainableNetwork network = TestData.network(2);

  @AfterEach
  void close() {
    network.close();
  }

  private Path file() {
    return folder.resolve("weights.safetensors");
  }

  /**
   * The network's tensors, each 0.5 throughout, but changed; those that become null are left out.
   */
  private void write(UnaryOperator<Content> change, Content... more) {
    write(Map.of(), change, more);
  }

  private void write(Map<String, String> metadata, UnaryOperator<Content> change, Content... more) {
    List<Content> contents = new ArrayList<>();
    for (NamedTensor tensor : NamedTensor.of(network)) {
      float[] values = new float[tensor.read().length];
      Arrays.fill(values, 0.5f);
      Content changed = change.apply(Content.floats(tensor.name(), tensor.dimensions(), values));
      if (changed != null) {
        contents.add(changed);
      }
    }
    contents.addAll(List.of(more));
    SafetensorsWriter.write(file(), metadata, contents);
  }

  private static Content renamed(Content content, String name) {
    return new Content(name, content.type(), content.shape(), content.bytes());
  }

  private static UnaryOperator<Content> only(String name, UnaryOperator<Content> change) {
    return content -> content.name().equals(name) ? change.apply(content) : content;
  }

  private String refused(Allow... allowed) {
    float[] before = values(0);
    String message =
        assertThrows(CheckpointException.class, () -> Weights.load(network, file(), allowed))
            .getMessage();
    assertArrayEquals(before, values(0), "a file that is refused changes nothing");
    return message;
  }

  private float[] values(int parameter) {
    return TestData.values(network.parameters().get(parameter).value());
  }

  private static void requireAll(float value, float[] values) {
    for (float found : values) {
      assertEquals(value, found);
    }
  }

  @Test
  void aPrefixOfAllNamesAndWhatTheNetworkHasNoPlaceForAreSaid() {
    write(
        content -> renamed(content, "module.net." + content.name()),
        Content.floats("module.ema.decay", List.of(1L), new float[] {0.9f}),
        Content.scalar("step", 7));
    LoadedWeights loaded = Weights.load(network, file());
    requireAll(0.5f, values(0));
    assertTrue(loaded.whole());
    assertEquals(List.of("module.ema.decay", "step"), loaded.unused());
    assertEquals(
        List.of(
            "%s: names are read without their prefix 'module.net.'".formatted(file()),
            "%s: the network has no place for module.ema.decay, step".formatted(file())),
        loaded.sentences());
  }

  @Test
  void whereANameStandsWithAndWithoutThePrefixTheOneWithItIsMeant() {
    write(
        content -> renamed(content, "module." + content.name()),
        Content.floats("logits.bias", List.of(10L), new float[10]));
    LoadedWeights loaded = Weights.load(network, file());
    requireAll(0.5f, values(4));
    assertEquals(List.of("logits.bias"), loaded.unused());
  }

  /** Bit patterns from IEEE 754's tables: the value 1/3 in each format, and what it stands for. */
  @Test
  void halvesAreWidenedAndDoublesRounded() {
    Map<DataType, byte[]> thirds =
        Map.of(
            DataType.F16, new byte[] {0x55, 0x35},
            DataType.BF16, new byte[] {(byte) 0xab, 0x3e},
            DataType.F64, new byte[] {0x55, 0x55, 0x55, 0x55, 0x55, 0x55, (byte) 0xd5, 0x3f});
    Map<DataType, Float> values =
        Map.of(DataType.F16, 0x1.554p-2f, DataType.BF16, 0x1.56p-2f, DataType.F64, 1f / 3);
    thirds.forEach(
        (type, bytes) -> {
          write(only("logits.bias", content -> filled(content, type, bytes)));
          LoadedWeights loaded = Weights.load(network, file());
          requireAll(values.get(type), values(4));
          assertTrue(loaded.sentences().get(0).contains(type + " values are "), type.toString());
        });
  }

  private static Content filled(Content content, DataType type, byte[] value) {
    int count = content.bytes().length / Float.BYTES;
    ByteBuffer buffer = ByteBuffer.allocate(count * value.length);
    for (int i = 0; i < count; i++) {
      buffer.put(value);
    }
    return new Content(content.name(), type, content.shape(), buffer.array());
  }

  @Test
  void whatIsNotFiniteIsNamedWithItsIndex() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      write(only("logits.weight", content -> with(content, 2 * 8 + 3, bad)));
      assertTrue(
          refused(Allow.PARTIAL).contains("logits.weight holds %s, at index [2, 3]".formatted(bad)),
          "" + bad);
    }
    byte[] large = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(1e39).array();
    write(only("logits.bias", content -> filled(content, DataType.F64, large)));
    assertTrue(refused().contains("logits.bias holds 1.0E39, beyond what it may be, at index [0]"));
    write(only("stem.norm.running_var", content -> with(content, 5, -1)));
    assertTrue(refused().contains("stem.norm.running_var holds -1.0, beyond"));
  }

  private static Content with(Content content, int index, float value) {
    ByteBuffer.wrap(content.bytes())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(index * Float.BYTES, value);
    return content;
  }

  @Test
  void aHeadWithOtherClassesIsLeftOutWhereThatIsAllowed() {
    write(
        only("logits.weight", c -> Content.floats(c.name(), List.of(1000L, 8L), new float[8000])));
    assertTrue(
        refused().contains("logits.weight is [1000, 8] in the file, [10, 8] in the network"));
    float[] head = values(3);
    LoadedWeights loaded = Weights.load(network, file(), Allow.PARTIAL);
    assertEquals(6, loaded.taken());
    assertEquals(7, loaded.tensors());
    assertArrayEquals(head, values(3));
    requireAll(0.5f, values(0));
    assertEquals(
        List.of(
            "%s: 6 of the network's 7 tensors were loaded; not loaded: shape: logits.weight is [1000, 8] in the file, [10, 8] in the network"
                .formatted(file())),
        loaded.sentences());
  }

  @Test
  void aTransposedTensorIsNamedWithBothShapes() {
    write(only("logits.weight", c -> new Content(c.name(), c.type(), List.of(8L, 10L), c.bytes())));
    assertTrue(refused().contains("logits.weight is [8, 10] in the file, [10, 8] in the network"));
  }

  @Test
  void typesThatAreNoFloatsAreNamed() {
    write(only("logits.bias", c -> new Content(c.name(), DataType.I64, c.shape(), new byte[80])));
    assertTrue(refused().contains("logits.bias is I64; save it as one of F64, F32, F16, BF16"));
  }

  @Test
  void aFileOfWhichNothingFitsIsRefusedEvenInPart() {
    write(content -> renamed(content, "x" + content.name()));
    assertTrue(refused(Allow.PARTIAL).contains("missing: stem.weight (is it xstem.weight?)"));
  }

  /** Names and shapes fit, and still it computes something else. */
  @Test
  void anotherNetworksWeightsAreRefusedUnlessAllowed() {
    write(Map.of("network", "some.Other"), content -> content);
    assertTrue(refused().contains("holds weights of some.Other, not of dev.selkie.training.Hand"));
    assertTrue(
        Weights.load(network, file(), Allow.OTHER_NETWORK)
            .sentences()
            .get(0)
            .contains("holds weights of some.Other"));
    String own = Fingerprint.of(network);
    write(Map.of("network", "moved.to.Renamed", "fingerprint", own), content -> content);
    assertEquals(List.of(), Weights.load(network, file()).sentences());
    String changed = own.substring(0, own.length() - 1) + "x";
    write(Map.of("network", network.name(), "fingerprint", changed), content -> content);
    assertTrue(refused().contains("as it was before its layers were changed"));
  }

  @Test
  void otherFormatsAreNamedWithAWayOut() throws IOException {
    require("PK\u0003\u0004\0\0\b\b", "zip archive, as torch.save writes it", "save_file");
    require("\u0080\u0002}q\0", "a pickle", "torch.load");
    require("\u0089HDF\r\n\u001a\n", "HDF5", "safetensors.numpy");
    require("version https://git-lfs.github.com/spec/v1\n", "Git LFS", "git lfs pull");
    require("<!DOCTYPE html><html></html>", "a web page", "fetch");
    require("", "is empty", "");
    require("epoch 3", "no sound safetensors file", "");
    assertTrue(
        assertThrows(CheckpointException.class, () -> Weights.load(network, folder))
            .getMessage()
            .contains("is a folder"));
    Path absent = folder.resolve("absent");
    assertEquals(
        "cannot open %s: there is no %s".formatted(absent, absent),
        assertThrows(CheckpointException.class, () -> Weights.load(network, absent)).getMessage());
  }

  private void require(String content, String kind, String way) throws IOException {
    Files.write(file(), content.getBytes(StandardCharsets.ISO_8859_1));
    String message = refused();
    assertTrue(message.contains(kind) && message.contains(way), message);
    assertEquals(1, message.lines().count(), message);
  }
}
