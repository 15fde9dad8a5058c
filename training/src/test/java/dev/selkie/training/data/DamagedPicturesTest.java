package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedPicturesTest {
  private static final int SIDE = 24;

  @TempDir Path folder;

  private static BufferedImage picture() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, random.nextInt(1 << 24));
    }
    return image;
  }

  private byte[] read(byte[] file) {
    try {
      Path path = Files.write(folder.resolve("picture"), file);
      return ImageFiles.read(List.of(path), 3, SIDE, SIDE).pixels();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String refused(byte[] file) {
    DataException e = assertThrows(DataException.class, () -> read(file));
    String message = e.getMessage();
    assertTrue(message.contains(folder.resolve("picture").toString()), message);
    assertFalse(message.contains("null") || message.contains("Exception"), message);
    assertFalse(message.contains("\n") || message.contains("()"), message);
    return message;
  }

  /** By Java's writers, some with options. */
  private static byte[] file(String kind) throws IOException {
    String format = kind.replace("progressive ", "");
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam options = writer.getDefaultWriteParam();
    if (!format.equals(kind)) {
      options.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture(), null, null), options);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /**
   * A part of a file is the whole picture, where only what follows the pixels is missing, or
   * refused.
   */
  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "progressive jpeg", "png", "gif", "bmp", "tiff"})
  void noPartOfAPictureIsTakenForTheWhole(String kind) throws IOException {
    byte[] file = file(kind);
    byte[] whole = read(file);
    for (int length = 1; length < file.length; length += 1 + file.length / 60) {
      byte[] part = Arrays.copyOf(file, length);
      try {
        assertArrayEquals(whole, read(part), kind + " cut to " + length);
      } catch (DataException e) {
        refused(part);
      }
    }
    String message = refused(Arrays.copyOf(file, file.length / 2));
    assertTrue(message.matches(".* (is cut short or damaged|cannot be decoded): .*"), message);
    assertTrue(!kind.equals("bmp") || message.contains("it ends too early"), message);
  }

  /** Java's reader of PNG files looks at no checksum. */
  @Test
  void eachChangedByteOfAPngIsNoticed() {
    byte[] indices = new byte[SIDE * SIDE];
    new Random(1).nextBytes(indices);
    byte[] colours = new byte[256 * 3];
    new Random(2).nextBytes(colours);
    byte[] palette = PictureBytes.chunk("PLTE", colours);
    byte[] file = PictureBytes.png(SIDE, SIDE, 8, PictureBytes.PALETTE, indices, palette);
    byte[] whole = read(file);
    // Each byte of the header, and some of palette and data.
    for (int at = 0; at < file.length; at += at < 60 ? 1 : 41) {
      byte[] changed = file.clone();
      changed[at] ^= 0x10;
      try {
        assertArrayEquals(whole, read(changed), "at " + at);
      } catch (DataException e) {
        refused(changed);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "progressive jpeg", "png", "gif", "bmp", "tiff"})
  void mutationsAreReadOrRefusedInASentence(String kind) throws IOException {
    byte[] file = file(kind);
    Random random = new Random(2);
    for (int i = 0; i < 60; i++) {
      byte[] mutant = file.clone();
      // Headers are a small part of a file, and most of what can be wrong.
      int range = random.nextBoolean() ? Math.min(200, file.length) : file.length;
      mutant[random.nextInt(range)] = (byte) random.nextInt(256);
      try {
        read(mutant);
      } catch (DataException e) {
        refused(mutant);
      }
    }
  }

  @Test
  void nothingStaysOpen() throws IOException {
    UnixOperatingSystemMXBean system =
        (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = 0;
    for (int round = 0; round < 4; round++) {
      if (round == 1) {
        before = system.getOpenFileDescriptorCount();
      }
      for (String kind : List.of("jpeg", "png", "gif", "bmp", "tiff")) {
        byte[] file = file(kind);
        read(file);
        refused(Arrays.copyOf(file, file.length / 2));
      }
      refused("not a picture".getBytes(StandardCharsets.US_ASCII));
    }
    assertTrue(system.getOpenFileDescriptorCount() <= before);
  }

  @Test
  void aCutJpegSaysSo() throws IOException {
    byte[] file = file("jpeg");
    String message = refused(Arrays.copyOf(file, file.length - 100));
    assertTrue(message.contains("Missing EOI marker"), message);
  }

  @Test
  void cmykIsRefusedByName() throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, 8, 8, 4, null);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    assertTrue(refused(out.toByteArray()).contains("CMYK"));
  }

  /** Headers alone: nothing is allocated for pixels that will not fit. */
  @Test
  void picturesTooLargeForJavaAreRefusedByTheirHeaders() {
    byte[] huge = PictureBytes.png(30_000, 30_000, 8, PictureBytes.RGB, new byte[30_000]);
    String message = refused(huge);
    assertTrue(message.contains("30000x30000"), message);
    assertTrue(message.contains("scale it down"), message);
  }

  @Test
  void whatIsNoPictureIsOneSentenceEach() throws IOException {
    assertTrue(refused("not a picture".getBytes(StandardCharsets.US_ASCII)).contains("PNG, JPEG"));
    assertTrue(refused(new byte[0]).contains("is empty"));
    Path absent = folder.resolve("absent.png");
    assertEquals("there is no file " + absent, message(absent));
    assertTrue(message(folder).contains("is a folder"), message(folder));
    Path device = Path.of("/dev/null");
    if (Files.exists(device)) {
      assertTrue(message(device).contains("is a device"), message(device));
    }
  }

  private static String message(Path file) {
    return assertThrows(DataException.class, () -> ImageFiles.read(List.of(file), 1, 8, 8))
        .getMessage();
  }
}
