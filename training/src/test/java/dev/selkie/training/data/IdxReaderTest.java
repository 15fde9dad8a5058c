package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
  /** Two images of 2x3, written out by hand from the format's description. */
  private static final byte[] IMAGES = {
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, (byte) 255
  };

  private static final byte[] LABELS = {0, 0, 8, 1, 0, 0, 0, 2, 7, 9};

  @TempDir Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void readsPlainAndGzippedFiles() throws IOException {
    for (boolean packed : new boolean[] {false, true}) {
      LabeledImages read =
          IdxReader.read(
              file("images", packed ? gzip(IMAGES) : IMAGES),
              file("labels", packed ? gzip(LABELS) : LABELS));
      assertEquals(2, read.count());
      assertEquals(1, read.channels());
      assertEquals(2, read.height());
      assertEquals(3, read.width());
      assertArrayEquals(Arrays.copyOfRange(IMAGES, 16, 28), read.pixels());
      assertEquals(7, read.label(0));
      assertEquals(9, read.label(1));
    }
  }

  @Test
  void everyPrefixIsRefused() throws IOException {
    Path labels = file("labels", LABELS);
    for (int length = 0; length < IMAGES.length; length++) {
      Path images = file("images", Arrays.copyOf(IMAGES, length));
      DataException e =
          assertThrows(DataException.class, () -> IdxReader.read(images, labels), "at " + length);
      assertTrue(e.getMessage().contains(images.toString()), e.getMessage());
    }
  }

  @Test
  void refusesOtherTypesSizesAndCounts() throws IOException {
    Path labels = file("labels", LABELS);
    int[] faultyAt = {0, 2, 3, 4, 7, 11};
    for (int at : faultyAt) {
      byte[] faulty = IMAGES.clone();
      faulty[at] = (byte) (faulty[at] + 100);
      Path images = file("images", faulty);
      assertThrows(DataException.class, () -> IdxReader.read(images, labels), "at " + at);
    }
    Path images = file("images", IMAGES);
    Path one = file("one", new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 7});
    DataException e = assertThrows(DataException.class, () -> IdxReader.read(images, one));
    assertTrue(e.getMessage().contains("2 images"), e.getMessage());
  }

  private String refused(byte[] imageFile) throws IOException {
    Path images = file("images", imageFile);
    Path labels = file("labels", LABELS);
    return assertThrows(DataException.class, () -> IdxReader.read(images, labels)).getMessage();
  }

  /** Sizes whose product overflows an int or a long, or that no heap could hold. */
  @Test
  void absurdSizesAreRefusedBeforeAnythingIsAllocated() throws IOException {
    byte[] header = Arrays.copyOf(IMAGES, 16);
    int[][] sizes = {
      {1 << 30, 2, 2}, {1 << 16, 1 << 16, 1}, {1 << 30, 1 << 30, 1 << 30}, {1 << 26, 7, 1}
    };
    String[] words = {"4,294,967,296", "4,294,967,296", "2^63", "469,762,048 values, far more"};
    for (int i = 0; i < sizes.length; i++) {
      ByteBuffer.wrap(header, 4, 12).asIntBuffer().put(sizes[i]);
      for (byte[] file : new byte[][] {header, gzip(header), Arrays.copyOf(header, 5000)}) {
        String message = refused(file);
        assertTrue(message.contains(words[i]), message);
      }
    }
    ByteBuffer.wrap(header, 4, 12).asIntBuffer().put(new int[] {-1, 28, 28});
    assertTrue(refused(header).contains("dimension 0 is -1"), refused(header));
  }

  /** 60 MB behind a sound header, of which not even two buffers are unpacked. */
  @Test
  void noMoreIsUnpackedThanTheHeaderDeclares() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(IMAGES);
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 60; i++) {
        out.write(zeros);
      }
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    String message = refused(packed.toByteArray());
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(message.contains("continues after the 12 bytes"), message);
    assertTrue(allocated < 10 << 20, allocated + " bytes allocated");
  }

  @Test
  void mutationsAreReadOrRefusedInASentence() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] mutant = i % 2 == 0 ? IMAGES.clone() : gzip(IMAGES);
      mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      Path images = file("images", mutant);
      Path labels = file("labels", LABELS);
      try {
        IdxReader.read(images, labels);
      } catch (DataException e) {
        assertTrue(e.getMessage().contains("images"), e.getMessage());
        assertFalse(e.getMessage().contains("null"), e.getMessage());
      }
    }
  }

  @Test
  void whatIsNoFileIsNamed() throws IOException {
    Path labels = file("labels", LABELS);
    for (Path images : List.of(folder, folder.resolve("absent"), file("empty", new byte[0]))) {
      DataException e = assertThrows(DataException.class, () -> IdxReader.read(images, labels));
      assertTrue(e.getMessage().contains(images.toString()), e.getMessage());
    }
  }

  @Test
  void aBrokenGzipIsOneClearError() throws IOException {
    byte[] packed = gzip(IMAGES);
    Path images = file("images.gz", Arrays.copyOf(packed, packed.length - 9));
    Path labels = file("labels", LABELS);
    DataException e = assertThrows(DataException.class, () -> IdxReader.read(images, labels));
    assertTrue(e.getMessage().contains("fetch it again"), e.getMessage());
  }
}
