package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
  @TempDir Path folder;

  /** A record whose red, green and blue planes count up from different numbers. */
  private static byte[] record(int... labels) {
    byte[] record = new byte[labels.length + 3072];
    for (int i = 0; i < labels.length; i++) {
      record[i] = (byte) labels[i];
    }
    for (int i = 0; i < 3072; i++) {
      record[labels.length + i] = (byte) (i % 1024 + 50 * (i / 1024) + labels[0]);
    }
    return record;
  }

  private void write(String name, byte[]... records) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] record : records) {
      out.write(record);
    }
    Files.write(folder.resolve(name), out.toByteArray());
  }

  @Test
  void readsTheBatchesOfCifar10() throws IOException {
    for (int i = 1; i <= 5; i++) {
      write("data_batch_%d.bin".formatted(i), record(i), record(9));
    }
    write("test_batch.bin", record(3));
    DataSet data = DataSets.load(folder.toString(), null, 0, line -> {});
    assertEquals("cifar-10", data.name());
    assertEquals(10, data.train().count());
    assertEquals(1, data.train().label(0));
    assertEquals(9, data.train().label(1));
    assertEquals(2, data.train().label(2));
    byte[] firstPixels = Arrays.copyOf(data.train().pixels(), 6);
    assertArrayEquals(new byte[] {1, 51, 101, 2, 52, 102}, firstPixels);
  }

  @Test
  void takesTheFineLabelOfCifar100AndItsNames() throws IOException {
    write("train.bin", record(4, 77), record(5, 99));
    write("test.bin", record(0, 0));
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      names.append("name").append(i).append('\n');
    }
    Files.writeString(folder.resolve("fine_label_names.txt"), names);
    DataSet data = DataSets.load("cifar-100", folder);
    assertEquals(77, data.train().label(0));
    assertEquals("name99", data.classes().get(data.train().label(1)));
  }

  @Test
  void readsTheArchiveItself() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.write(header("cifar-100-binary/", 0, '5'));
    entry(tar, "cifar-100-binary/train.bin", record(4, 77));
    entry(tar, "cifar-100-binary/test.bin", record(4, 78));
    tar.write(new byte[1024]);
    write("cifar-100-binary.tar", tar.toByteArray());
    DataSet data = DataSets.load(folder.toString(), null, 0, line -> {});
    assertEquals(77, data.train().label(0));
    assertEquals(78, data.test().label(0));
    write("cifar-100-binary.tar", Arrays.copyOf(tar.toByteArray(), 2000));
    DataException e = assertThrows(DataException.class, () -> DataSets.load("cifar-100", folder));
    assertTrue(e.getMessage().contains("ends within"), e.getMessage());
  }

  @Test
  void anArchiveThatIsNotThePublishedOneIsSaid() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    entry(tar, "cifar-100-binary/train.bin", record(4, 77));
    entry(tar, "cifar-100-binary/test.bin", record(4, 78));
    tar.write(new byte[1024]);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("cifar-100-binary.tar.gz")))) {
      tar.writeTo(out);
    }
    String origin = DataSets.load("cifar-100", folder).origin();
    assertTrue(origin.contains("not the published archive"), origin);
    assertTrue(origin.contains("58a81ae1"), origin);
  }

  @Test
  void classNamesAreWholeOrMissingAndSaid() throws IOException {
    for (int i = 1; i <= 5; i++) {
      write("data_batch_%d.bin".formatted(i), record(i));
    }
    write("test_batch.bin", record(3));
    DataSet unnamed = DataSets.load("cifar-10", folder);
    assertEquals("9", unnamed.classes().get(9));
    assertTrue(unnamed.origin().contains("without batches.meta.txt"), unnamed.origin());
    List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    for (String text : List.of("\n", "\r\n")) {
      Files.writeString(folder.resolve("batches.meta.txt"), String.join(text, names) + text + text);
      DataSet named = DataSets.load("cifar-10", folder);
      assertEquals(names, named.classes());
      assertEquals(folder.toString(), named.origin());
    }
    for (String wrong : List.of("a\nb\n", String.join("\n", names) + "\nk", "a\n".repeat(10))) {
      Files.writeString(folder.resolve("batches.meta.txt"), wrong);
      DataException e = assertThrows(DataException.class, () -> DataSets.load("cifar-10", folder));
      assertTrue(e.getMessage().contains("batches.meta.txt has "), e.getMessage());
    }
  }

  private static void entry(ByteArrayOutputStream tar, String name, byte[] content)
      throws IOException {
    tar.write(header(name, content.length, '0'));
    tar.write(content);
    tar.write(new byte[(512 - content.length % 512) % 512]);
  }

  private static byte[] header(String name, int size, char type) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, "%011o".formatted(size));
    put(header, 156, "" + type);
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  @Test
  void refusesOtherSizesAndLabels() throws IOException {
    write("train.bin", new byte[3073]);
    write("test.bin", record(0, 0));
    DataException size =
        assertThrows(DataException.class, () -> DataSets.load("cifar-100", folder));
    assertTrue(size.getMessage().contains("not a multiple"), size.getMessage());
    write("train.bin", record(0, 100));
    DataException label =
        assertThrows(DataException.class, () -> DataSets.load("cifar-100", folder));
    assertTrue(label.getMessage().contains("label 100"), label.getMessage());
    write("train.bin", record(0, 200));
    DataException high =
        assertThrows(DataException.class, () -> DataSets.load("cifar-100", folder));
    assertTrue(high.getMessage().contains("label 200"), high.getMessage());
  }
}
