package dev.selkie.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

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

  /** What a file declares and holds. */
  private record Values(int[] sizes, byte[] bytes) {}

  /**
   * The images of one file and the labels of another. No more is unpacked than a header declares.
   *
   * @throws DataException naming the file that is absent, damaged, of another kind, or too large
   */
  public static LabeledImages read(Path images, Path labels) {
    Values pixels = values(images, 3);
    Values classes = values(labels, 1);
    int count = pixels.sizes()[0];
    if (count != classes.sizes()[0]) {
      throw new DataException(
          "%s has %d images but %s has %d labels"
              .formatted(images, count, labels, classes.sizes()[0]));
    }
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = classes.bytes()[i] & 0xff;
    }
    return new LabeledImages(1, pixels.sizes()[1], pixels.sizes()[2], pixels.bytes(), numbers);
  }

  private static Values values(Path file, int rank) {
    try (InputStream in = InputFile.content(file)) {
      int[] sizes = sizes(file, in, rank);
      long count = count(file, sizes);
      if (!InputFile.mayHold(file, count)) {
        throw new DataException(
            "%s: its header declares %,d values, far more than a file of %,d bytes holds; fetch it again"
                .formatted(file, count, InputFile.size(file)));
      }
      byte[] bytes = Heap.bytes(file.toString(), count);
      int read = in.readNBytes(bytes, 0, bytes.length);
      if (read < bytes.length) {
        throw new DataException(
            "%s has %d bytes of values, its header says %d; fetch it again"
                .formatted(file, read, count));
      }
      if (in.read() >= 0) {
        throw new DataException(
            "%s continues after the %d bytes of values that its header declares; fetch it again"
                .formatted(file, count));
      }
      return new Values(sizes, bytes);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  private static int[] sizes(Path file, InputStream in, int rank) throws IOException {
    byte[] magic = in.readNBytes(4);
    if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
      throw new DataException(
          "%s is not an IDX file: it must start with two zero bytes".formatted(file));
    }
    if (magic[2] != UNSIGNED_BYTE || magic[3] != rank) {
      throw new DataException(
          "%s holds elements of type %d in %d dimensions, instead of unsigned bytes (type 8) in %d"
              .formatted(file, magic[2] & 0xff, magic[3] & 0xff, rank));
    }
    byte[] header = in.readNBytes(4 * rank);
    if (header.length < 4 * rank) {
      throw new DataException("%s ends within its header; fetch it again".formatted(file));
    }
    int[] sizes = new int[rank];
    ByteBuffer.wrap(header).asIntBuffer().get(sizes);
    return sizes;
  }

  /** The product of the sizes, which a long holds as long as each factor is checked. */
  private static long count(Path file, int[] sizes) {
    long count = 1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] < 1) {
        throw new DataException("%s: dimension %d is %d".formatted(file, i, sizes[i]));
      }
      try {
        count = Math.multiplyExact(count, (long) sizes[i]);
      } catch (ArithmeticException e) {
        throw new DataException(
            "%s: its header declares more than 2^63 values; fetch it again".formatted(file), e);
      }
    }
    return count;
  }
}
