package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapTest {
  @TempDir Path folder;

  @Test
  void whatNoHeapHoldsIsRefused() {
    DataException array =
        assertThrows(DataException.class, () -> Heap.bytes("it", Integer.MAX_VALUE));
    assertTrue(array.getMessage().startsWith("it: that is 2,147,483,647 bytes"));
    long most = Runtime.getRuntime().maxMemory();
    DataException heap = assertThrows(DataException.class, () -> Heap.require("it", most + 1));
    assertTrue(heap.getMessage().contains("-Xmx"), heap.getMessage());
    Heap.require("it", most);
    assertEquals(5, Heap.bytes("it", 5).length);
  }

  @Test
  void aFullHeapIsASentence() {
    OutOfMemoryError full = new OutOfMemoryError("Java heap space");
    DataException e =
        assertThrows(
            DataException.class,
            () ->
                Heap.guard(
                    "the data",
                    () -> {
                      throw full;
                    }));
    assertTrue(e.getMessage().startsWith("the data: that does not fit"), e.getMessage());
    assertEquals(full, e.getCause());
  }

  /** In a small JVM of its own: refused by its header, full while decoding, and an IDX file. */
  @Test
  void aSmallHeapIsEnoughToSaySo() throws Exception {
    byte[] large = PictureBytes.png(6000, 6000, 8, PictureBytes.RGB, new byte[6000]);
    byte[] tight = PictureBytes.png(6000, 5000, 8, PictureBytes.GREY, new byte[30_000_000]);
    BufferedImage grey = new BufferedImage(6000, 5000, BufferedImage.TYPE_BYTE_GRAY);
    Files.write(folder.resolve("tight.jpg"), PictureBytes.written(grey, "jpeg"));
    byte[] idx = new byte[17];
    ByteBuffer.wrap(idx).putInt(0x803).putInt(50_000).putInt(40).putInt(40);
    Files.write(folder.resolve("large.png"), large);
    Files.write(folder.resolve("tight.png"), tight);
    Files.write(folder.resolve("labels"), new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 7});
    try (var out = new RandomAccessFile(folder.resolve("images").toFile(), "rw")) {
      out.write(idx);
      out.setLength(16 + 80_000_000);
    }
    List<String> lines = run("-Xmx32m", "large.png", "tight.png", "tight.jpg", "images");
    assertEquals(4, lines.size(), lines.toString());
    assertTrue(lines.get(0).contains("large.png with its 6000x6000 pixels: that needs 103 MB"));
    assertTrue(lines.get(1).contains("tight.png: that does not fit into the "), lines.get(1));
    assertTrue(lines.get(2).contains("tight.jpg: that does not fit into the "), lines.get(2));
    assertTrue(lines.get(3).contains("images: that needs 77 MB"), lines.get(3));
  }

  private List<String> run(String heap, String... files) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap,
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SmallJvm.class.getName());
    builder.command().addAll(List.of(files));
    builder.directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.lines().toList();
  }

  /** Reads each file, and prints what is said. */
  static final class SmallJvm {
    private SmallJvm() {}

    public static void main(String[] files) {
      for (String file : files) {
        try {
          if (file.contains(".")) {
            ImageFiles.read(List.of(Path.of(file)), 1, 8, 8);
          } else {
            IdxReader.read(Path.of(file), Path.of("labels"));
          }
          System.out.println("read");
        } catch (DataException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
