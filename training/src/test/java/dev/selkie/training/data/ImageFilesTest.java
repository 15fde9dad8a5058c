package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored is what is read, in each way to store it. */
class ImageFilesTest {
  /** Dark, where Java's gamma curve for grey is furthest from the stored values. */
  private static final int[] GREYS = {0, 1, 32, 64, 127, 128, 200, 255};

  @TempDir Path folder;

  private int[] read(byte[] file, int channels, int height, int width) {
    try {
      Path path = Files.write(folder.resolve("picture"), file);
      return values(ImageFiles.read(List.of(path), channels, height, width));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int[] values(LabeledImages images) {
    int[] values = new int[images.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = images.pixels()[i] & 0xff;
    }
    return values;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** Big-endian, as PNG has them. */
  private static byte[] shorts(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * values.length);
    for (int value : values) {
      buffer.putShort((short) value);
    }
    return buffer.array();
  }

  private static int[] thrice(int... greys) {
    int[] colours = new int[3 * greys.length];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = greys[i / 3];
    }
    return colours;
  }

  private void assertGrey(int[] expected, byte[] file) {
    assertArrayEquals(expected, read(file, 1, 1, expected.length), "for a grey network");
    assertArrayEquals(thrice(expected), read(file, 3, 1, expected.length), "for an RGB network");
  }

  @Test
  void greyPngsAreReadAsStored() {
    byte[] gamma = PictureBytes.chunk("gAMA", ByteBuffer.allocate(4).putInt(100_000).array());
    byte[] transparent = PictureBytes.chunk("tRNS", bytes(0, 32));
    assertGrey(GREYS, PictureBytes.png(8, 1, 8, PictureBytes.GREY, bytes(GREYS)));
    assertGrey(GREYS, PictureBytes.png(8, 1, 8, PictureBytes.GREY, bytes(GREYS), gamma));
    assertGrey(GREYS, PictureBytes.png(8, 1, 8, PictureBytes.GREY, bytes(GREYS), transparent));
  }

  @Test
  void alphaIsLeftOut() {
    byte[] greys = bytes(0, 255, 32, 128, 64, 0, 200, 255);
    assertGrey(
        new int[] {0, 32, 64, 200}, PictureBytes.png(4, 1, 8, PictureBytes.GREY_ALPHA, greys));
    byte[] deep = shorts(0, 65535, 32 * 257, 30000, 64 * 257, 0, 200 * 257, 65535);
    assertGrey(
        new int[] {0, 32, 64, 200}, PictureBytes.png(4, 1, 16, PictureBytes.GREY_ALPHA, deep));
    byte[] colours = bytes(10, 20, 30, 255, 40, 50, 60, 128, 70, 80, 90, 0);
    byte[] png = PictureBytes.png(3, 1, 8, PictureBytes.RGB_ALPHA, colours);
    assertArrayEquals(new int[] {10, 20, 30, 40, 50, 60, 70, 80, 90}, read(png, 3, 1, 3));
  }

  /**
   * 257 steps are one: 0x20a0 is 32.498, 0x20a1 is 32.502, 0x7fff is 127.498, 0xff7f is 254.502.
   */
  @Test
  void sixteenBitsAreRoundedToEight() {
    byte[] deep = shorts(0, 0x2020, 0x20ff, 0x20a0, 0x20a1, 0x7fff, 0xff7f, 0xffff);
    int[] expected = {0, 32, 33, 32, 33, 127, 255, 255};
    assertGrey(expected, PictureBytes.png(8, 1, 16, PictureBytes.GREY, deep));
    byte[] colours = shorts(0x2020, 0x20ff, 0xffff);
    byte[] png = PictureBytes.png(1, 1, 16, PictureBytes.RGB, colours);
    assertArrayEquals(new int[] {32, 33, 255}, read(png, 3, 1, 1));
  }

  @Test
  void fewBitsAreStretched() {
    byte[] one = bytes(0b01100101);
    assertGrey(
        new int[] {0, 255, 255, 0, 0, 255, 0, 255},
        PictureBytes.png(8, 1, 1, PictureBytes.GREY, one));
    byte[] two = bytes(0b00011011);
    assertGrey(new int[] {0, 85, 170, 255}, PictureBytes.png(4, 1, 2, PictureBytes.GREY, two));
    byte[] four = bytes(0x02, 0x8f);
    assertGrey(new int[] {0, 34, 136, 255}, PictureBytes.png(4, 1, 4, PictureBytes.GREY, four));
  }

  @Test
  void palettesAreLookedUp() {
    byte[] palette = PictureBytes.chunk("PLTE", bytes(10, 20, 30, 32, 32, 32, 200, 100, 0));
    byte[] transparent = PictureBytes.chunk("tRNS", bytes(255, 128, 0));
    byte[] indices = bytes(2, 0, 1);
    int[] expected = {200, 100, 0, 10, 20, 30, 32, 32, 32};
    byte[] plain = PictureBytes.png(3, 1, 8, PictureBytes.PALETTE, indices, palette);
    assertArrayEquals(expected, read(plain, 3, 1, 3));
    byte[] clear = PictureBytes.png(3, 1, 8, PictureBytes.PALETTE, indices, palette, transparent);
    assertArrayEquals(expected, read(clear, 3, 1, 3));
    // 0.299 * 200 + 0.587 * 100 = 118.5; 0.299 * 10 + 0.587 * 20 + 0.114 * 30 = 18.15.
    assertArrayEquals(new int[] {119, 18, 32}, read(plain, 1, 1, 3));
  }

  @Test
  void colourBecomesGreyByLuma() {
    byte[] colours = bytes(255, 0, 0, 0, 255, 0, 0, 0, 255, 32, 32, 32);
    byte[] png = PictureBytes.png(4, 1, 8, PictureBytes.RGB, colours);
    assertArrayEquals(new int[] {76, 150, 29, 32}, read(png, 1, 1, 4));
  }

  /** Flat blocks of 8x8, whose value an 8-divisible coefficient keeps exactly. */
  @Test
  void greyJpegsBmpsGifsAndTiffsAreReadAsStored() {
    int[] greys = {32, 64, 128, 200};
    BufferedImage image = new BufferedImage(32, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      image.getRaster().setSample(i % 32, i / 32, 0, greys[i % 32 / 8]);
    }
    for (String format : List.of("jpeg", "png", "bmp", "tiff")) {
      assertGrey(greys, PictureBytes.written(image, format));
    }
    BufferedImage colours = new BufferedImage(32, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      colours.setRGB(i % 32, i / 32, greys[i % 32 / 8] * 0x10101);
    }
    for (String format : List.of("png", "bmp", "tiff", "gif")) {
      assertGrey(greys, PictureBytes.written(colours, format));
    }
  }

  @Test
  void deepGreyTiffsAreReadAsStored() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    int[] values = {0x2020, 0x20ff, 0xffff};
    for (int x = 0; x < 3; x++) {
      image.getRaster().setSample(x, 0, 0, values[x]);
    }
    assertGrey(new int[] {32, 33, 255}, PictureBytes.written(image, "tiff"));
  }

  @Test
  void everyColourModelGivesItsStoredSamples() {
    int[] expected = {32, 99, 255};
    ColorModel linear =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB),
            false,
            false,
            ColorModel.OPAQUE,
            DataBuffer.TYPE_BYTE);
    BufferedImage wide =
        new BufferedImage(linear, linear.createCompatibleWritableRaster(1, 1), false, null);
    assertStored(expected, wide);
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_INT_BGR,
          BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_3BYTE_BGR,
          BufferedImage.TYPE_4BYTE_ABGR
        }) {
      assertStored(expected, new BufferedImage(1, 1, type));
    }
    BufferedImage narrow = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_565_RGB);
    narrow.getRaster().setPixel(0, 0, new int[] {4, 21, 31});
    // 4 of 31, 21 of 63 and 31 of 31.
    double[] colour = new double[3];
    new Picture(narrow, Orientation.UPRIGHT).mean(0, 1, 0, 1, colour);
    assertArrayEquals(new double[] {4 * 255 / 31.0, 85, 255}, colour, 1e-12);
    BufferedImage covered = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB_PRE);
    covered.getRaster().setPixel(0, 0, new int[] {16, 32, 64, 128});
    new Picture(covered, Orientation.UPRIGHT).mean(0, 1, 0, 1, colour);
    assertArrayEquals(new double[] {31.875, 63.75, 127.5}, colour, 1e-4);
  }

  private static void assertStored(int[] samples, BufferedImage image) {
    for (int c = 0; c < 3; c++) {
      image.getRaster().setSample(0, 0, c, samples[c]);
    }
    double[] colour = new double[3];
    new Picture(image, Orientation.UPRIGHT).mean(0, 1, 0, 1, colour);
    assertArrayEquals(new double[] {samples[0], samples[1], samples[2]}, colour, 0);
  }

  @Test
  void meansAreRoundedOnce() {
    byte[] png = PictureBytes.png(2, 2, 8, PictureBytes.GREY, bytes(32, 33, 33, 33));
    assertArrayEquals(new int[] {33}, read(png, 1, 1, 1));
    byte[] half = PictureBytes.png(2, 1, 8, PictureBytes.GREY, bytes(32, 33));
    assertArrayEquals(new int[] {33, 33, 33}, read(half, 3, 1, 1));
    assertArrayEquals(new int[] {32, 32, 33, 33}, read(half, 1, 1, 4));
  }

  /** 40,000 times 70,000 is no int. */
  @Test
  void longPicturesAreScaledToTheirEnd() {
    byte[] rows = new byte[70_000];
    Arrays.fill(rows, 69_000, 70_000, (byte) 200);
    byte[] png = PictureBytes.png(1, 70_000, 8, PictureBytes.GREY, rows);
    int[] read = read(png, 1, 40_000, 1);
    assertEquals(0, read[39_000]);
    assertEquals(200, read[39_999]);
  }

  @Test
  void otherNumbersOfChannelsAreRefused() {
    DataException e = assertThrows(DataException.class, () -> ImageFiles.read(List.of(), 4, 8, 8));
    assertTrue(e.getMessage().contains("have 4"), e.getMessage());
  }

  @Test
  void moreThanAnArrayHoldsIsRefused() {
    List<Path> many = Collections.nCopies(15_000, folder);
    DataException e = assertThrows(DataException.class, () -> ImageFiles.read(many, 3, 224, 224));
    assertTrue(e.getMessage().contains("2,257,920,000 bytes"), e.getMessage());
    DataException one =
        assertThrows(DataException.class, () -> ImageFiles.read(many, 3, 65536, 65536));
    assertTrue(one.getMessage().contains("3x65536x65536"), one.getMessage());
  }
}
