package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The letters a to f, stored in two rows of three, and what a viewer shows by the EXIF standard
 * (CIPA DC-008, 4.6.4): the tag says where the stored first row and column belong.
 */
class OrientationTest {
  @TempDir Path folder;

  /** Rows of blocks of 8x8, each of one grey that JPEG keeps exactly: a is 40, b is 48, ... */
  private static BufferedImage picture() {
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 24; x++) {
        image.getRaster().setSample(x, y, 0, 40 + 8 * (y / 8 * 3 + x / 8));
      }
    }
    return image;
  }

  private void assertShown(String expected, byte[] file) throws IOException {
    String[] rows = expected.split("/");
    Path path = Files.write(folder.resolve("picture"), file);
    LabeledImages image = ImageFiles.read(List.of(path), 1, rows.length, rows[0].length());
    byte[] values = new byte[6];
    String letters = String.join("", rows);
    for (int i = 0; i < 6; i++) {
      values[i] = (byte) (40 + 8 * (letters.charAt(i) - 'a'));
    }
    assertArrayEquals(values, image.pixels(), expected + " " + Arrays.toString(image.pixels()));
  }

  @ParameterizedTest
  @CsvSource({
    "1, abc/def", // as stored
    "2, cba/fed", // first column right
    "3, fed/cba", // first row at the bottom, first column right
    "4, def/abc", // first row at the bottom
    "5, ad/be/cf", // first row left, first column on top
    "6, da/eb/fc", // first row right, first column on top
    "7, fc/eb/da", // first row right, first column at the bottom
    "8, cf/be/ad", // first row left, first column at the bottom
    "0, abc/def", // none of the standard's
    "9, abc/def"
  })
  void picturesAreTurnedAsTheyAreViewed(int value, String expected) throws IOException {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      byte[] tag = PictureBytes.orientation(value, order);
      byte[] jpeg = PictureBytes.written(picture(), "jpeg");
      assertShown(expected, PictureBytes.withExif(jpeg, tag));
      byte[] samples = {40, 48, 56, 64, 72, 80};
      byte[] exif = PictureBytes.chunk("eXIf", tag);
      assertShown(expected, PictureBytes.png(3, 2, 8, PictureBytes.GREY, samples, exif));
      assertShown(expected, PictureBytes.tiff(3, 2, samples, value, order));
    }
  }

  @Test
  void withoutATagOrWithABrokenOneNothingIsTurned() throws IOException {
    byte[] jpeg = PictureBytes.written(picture(), "jpeg");
    assertShown("abc/def", jpeg);
    byte[] tag = PictureBytes.orientation(6, ByteOrder.BIG_ENDIAN);
    for (int length = 0; length < 20; length++) {
      assertShown("abc/def", PictureBytes.withExif(jpeg, Arrays.copyOf(tag, length)));
    }
  }
}
