package dev.selkie.training.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private static final String HEADER =
      "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
          + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}";

  @TempDir Path folder;

  /** A file written byte by byte from the format's description. */
  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    if (dataBytes >= 8) {
      file.putFloat(1.5f).putFloat(-2);
    }
    return file.array();
  }

  private SafetensorsReader open(byte[] bytes) throws IOException {
    return new SafetensorsReader(Files.write(folder.resolve("file.safetensors"), bytes));
  }

  private void refused(String header, int dataBytes, String reason) {
    CheckpointException e =
        assertThrows(CheckpointException.class, () -> open(file(header, dataBytes)), header);
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertTrue(e.getMessage().contains("file.safetensors"), e.getMessage());
  }

  private static String tensor(String type, String shape, String offsets) {
    return "{\"a\":{\"dtype\":%s,\"shape\":%s,\"data_offsets\":%s}}"
        .formatted(type, shape, offsets);
  }

  @Test
  void readsWhatTheFormatDescribes() throws IOException {
    try (SafetensorsReader reader = open(file(HEADER, 16))) {
      assertEquals(Map.of("format", "pt"), reader.header().metadata());
      TensorEntry a = reader.header().entries().get(0);
      assertArrayEquals(new float[] {1.5f, -2}, reader.floats(a));
      TensorEntry n = reader.header().entries().get(1);
      assertEquals(1, n.elements());
      CheckpointException e = assertThrows(CheckpointException.class, () -> reader.floats(n));
      assertTrue(e.getMessage().contains("n is I64"), e.getMessage());
    }
  }

  @Test
  void writesWhatItReads() {
    Path path = folder.resolve("deep/new.safetensors");
    float[] values = {1, Float.MIN_VALUE, -0f, Float.MAX_VALUE, 5, 6};
    for (int round = 0; round < 2; round++) {
      SafetensorsWriter.write(
          path,
          Map.of("key", "värde"),
          List.of(
              SafetensorsWriter.Content.floats("x.weight", List.of(2L, 3L), values),
              SafetensorsWriter.Content.scalar("x.count", 7)));
    }
    try (SafetensorsReader reader = new SafetensorsReader(path)) {
      assertEquals(Map.of("key", "värde"), reader.header().metadata());
      TensorEntry entry = reader.header().entries().get(0);
      assertEquals(List.of(2L, 3L), entry.shape());
      assertArrayEquals(values, reader.floats(entry));
    }
  }

  @Test
  void nothingTemporaryIsLeft() throws IOException {
    SafetensorsWriter.write(folder.resolve("a.safetensors"), Map.of(), List.of());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("a.safetensors")), files.toList());
    }
  }

  @Test
  void malformedHeadersAreRefusedWithTheirFault() {
    refused("[]", 0, "does not start with '{'");
    refused("{\"a\":1}", 0, "entry of a is no object");
    refused("{\"a\":", 0, "not JSON");
    refused("{} x", 0, "not JSON");
    refused("{\"__metadata__\":{\"a\":1}}", 0, "__metadata__.a is no string");
    refused(tensor("\"F31\"", "[2]", "[0,8]"), 8, "unknown dtype");
    refused(tensor("\"F32\"", "[2.5]", "[0,8]"), 8, "shape holds 2.5");
    refused(tensor("\"F32\"", "[-2]", "[0,8]"), 8, "shape holds -2");
    refused(tensor("\"F32\"", "2", "[0,8]"), 8, "no list shape");
    refused(tensor("\"F32\"", "[2]", "[0]"), 8, "not a pair");
    refused(tensor("\"F32\"", "[3]", "[0,8]"), 8, "takes 12 bytes");
    refused(tensor("\"F32\"", "[2]", "[8,0]"), 8, "offsets are 8 to 0");
    refused(tensor("\"F32\"", "[2]", "[4,12]"), 12, "hole or an overlap");
    refused(tensor("\"F32\"", "[2]", "[0,8]"), 12, "file has 12 of data");
    refused(tensor("\"F32\"", "[2]", "[0,8]"), 4, "file has 4 of data");
    refused(tensor("\"F32\"", "[4294967296,4294967296]", "[0,8]"), 8, "too large");
    String one = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    refused("{\"a\":%s,\"b\":%s}".formatted(one, one), 4, "hole or an overlap");
    refused("{\"a\":%s,\"a\":%s}".formatted(one, one), 4, "not JSON");
  }

  @Test
  void absurdLengthsAreRefusedBeforeTheyAreRead() throws IOException {
    for (long length : new long[] {-1, Long.MAX_VALUE, 100_000_001, 3}) {
      byte[] bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      assertThrows(CheckpointException.class, () -> open(bytes), "" + length);
    }
    for (int length = 0; length < 8; length++) {
      byte[] bytes = new byte[length];
      assertThrows(CheckpointException.class, () -> open(bytes), "" + length);
    }
  }

  /** Whatever is done to a file, it is read or refused: never another exception. */
  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    byte[] good = file(HEADER, 16);
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] bad =
          Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
      for (int changes = random.nextInt(4); changes >= 0 && bad.length > 0; changes--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try (SafetensorsReader reader = open(bad)) {
        reader.header().entries().stream()
            .filter(entry -> entry.type() == DataType.F32)
            .forEach(reader::floats);
      } catch (CheckpointException e) {
        refused++;
      }
    }
    assertTrue(refused > 1000, "only " + refused + " of 2000 were refused");
  }
}
