package dev.selkie.training.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads IDX files of unsigned bytes, gzipped or not.
 *
 * <p>The format (LeCun, Cortes and Burges, "The MNIST database"): two zero bytes, the element type
 * (8: unsigned byte), the number of dimensions, each dimension as a big-endian 32-bit integer, then
 * the values, the last dimension contiguous.
 */
public final class IdxReader {
  private static final int UNSIGNED_BYTE = 8;

  private IdxReader() {}

  /** The images of one file and the labels of another. */
  public static LabeledImages read(Path images, Path labels) {
    byte[] imageFile = WholeFile.content(images);
    int[] size = dimensions(images, imageFile, 3);
    byte[] labelFile = WholeFile.content(labels);
    int[] count = dimensions(labels, labelFile, 1);
    if (size[0] != count[0]) {
      throw new DataException(
          "%s has %d images but %s has %d labels".formatted(images, size[0], labels, count[0]));
    }
    return new LabeledImages(1, size[1], size[2], values(imageFile, 3), values(labelFile, 1));
  }

  private static int[] dimensions(Path file, byte[] content, int rank) {
    int header = 4 + 4 * rank;
    ByteBuffer buffer = ByteBuffer.wrap(content);
    if (content.length < 4 || buffer.getShort(0) != 0) {
      throw new DataException(
          "%s is not an IDX file: it must start with two zero bytes".formatted(file));
    }
    if (content[2] != UNSIGNED_BYTE || content[3] != rank) {
      throw new DataException(
          "%s holds elements of type %d in %d dimensions; wanted are unsigned bytes (8) in %d"
              .formatted(file, content[2], content[3], rank));
    }
    if (content.length < header) {
      throw new DataException("%s ends within its header; fetch it again".formatted(file));
    }
    int[] sizes = new int[rank];
    long values = 1;
    for (int i = 0; i < rank; i++) {
      sizes[i] = buffer.getInt(4 + 4 * i);
      if (sizes[i] < 1 || sizes[i] > Integer.MAX_VALUE / values) {
        throw new DataException("%s: dimension %d is %d".formatted(file, i, sizes[i]));
      }
      values *= sizes[i];
    }
    if (content.length != header + values) {
      throw new DataException(
          "%s has %d bytes of values, its header says %d; fetch it again"
              .formatted(file, content.length - header, values));
    }
    return sizes;
  }

  private static byte[] values(byte[] content, int rank) {
    return Arrays.copyOfRange(content, 4 + 4 * rank, content.length);
  }
}
