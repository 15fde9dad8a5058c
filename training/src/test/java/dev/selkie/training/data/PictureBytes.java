package dev.selkie.training.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Picture files put together from their parts, so that what is stored is known to the bit. */
final class PictureBytes {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  private PictureBytes() {}

  /**
   * A PNG file (ISO/IEC 15948).
   *
   * @param rows packed scan lines, without their filter bytes
   * @param extra whole chunks between the header and the data
   */
  static byte[] png(int width, int height, int bits, int type, byte[] rows, byte[]... extra) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    byte[] format = {(byte) bits, (byte) type, 0, 0, 0};
    out.writeBytes(
        chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(format).array()));
    for (byte[] chunk : extra) {
      out.writeBytes(chunk);
    }
    out.writeBytes(chunk("IDAT", deflated(rows, height)));
    out.writeBytes(chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) sum.getValue())
        .array();
  }

  private static byte[] deflated(byte[] rows, int height) {
    int stride = rows.length / height;
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      for (int y = 0; y < height; y++) {
        out.write(0);
        out.write(rows, y * stride, stride);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** A TIFF header and one directory with nothing but tag 274, as EXIF blocks have it. */
  static byte[] orientation(int value, ByteOrder order) {
    return ByteBuffer.allocate(26)
        .order(order)
        .put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII))
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 274)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) value)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }

  /** A TIFF 6.0 file of one strip of 8-bit grey, with an orientation. */
  static byte[] tiff(int width, int height, byte[] samples, int orientation, ByteOrder order) {
    int[][] fields = {
      {256, width},
      {257, height},
      {258, 8},
      {259, 1},
      {262, 1},
      {273, 8 + 2 + 11 * 12 + 4},
      {274, orientation},
      {277, 1},
      {278, height},
      {279, samples.length},
      {284, 1}
    };
    ByteBuffer buffer = ByteBuffer.allocate(8 + 2 + fields.length * 12 + 4 + samples.length);
    buffer.order(order);
    buffer.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    buffer.putShort((short) 42).putInt(8).putShort((short) fields.length);
    for (int[] field : fields) {
      buffer.putShort((short) field[0]).putShort((short) 3).putInt(1);
      buffer.putShort((short) field[1]).putShort((short) 0);
    }
    return buffer.putInt(0).put(samples).array();
  }

  /** A JPEG file with an APP1 segment of EXIF right behind its first marker. */
  static byte[] withExif(byte[] jpeg, byte[] tiff) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    int length = 2 + 6 + tiff.length;
    out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
    out.writeBytes("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(tiff);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** By Java's writer, which takes the samples of plain grey and RGB pictures as they are. */
  static byte[] written(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("Java writes no " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
