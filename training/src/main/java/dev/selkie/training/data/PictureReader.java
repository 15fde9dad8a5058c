package dev.selkie.training.data;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.MultiPixelPackedSampleModel;
import java.awt.image.SampleModel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes one picture file with Java's own readers, and lets nothing pass that they only warn of.
 */
final class PictureReader {
  /** Warnings that say nothing about pixels. */
  private static final Set<String> HARMLESS =
      Set.of(
          "JFIF markers not allowed in JFIF JPEG thumbnail; ignored",
          "Embedded color profile is invalid; ignored");

  private static final String HARMLESS_START = "Warning: unknown JFIF revision number";

  private PictureReader() {}

  /**
   * @throws DataException naming the file, where it is not a picture, is damaged or cut short, has
   *     other colours than grey and RGB, or is too large for the heap
   */
  static Picture read(Path file) {
    if (Files.isDirectory(file)) {
      throw new DataException(
          "%s is a folder; name the pictures in it, as in %s"
              .formatted(file, file.resolve("*.png")));
    }
    InputFile.require(file);
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      if (in == null) {
        throw new DataException("%s cannot be opened".formatted(file));
      }
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new DataException(
            "%s is not a picture of a kind that is read here (PNG, JPEG, GIF, BMP, TIFF); convert it to PNG or JPEG"
                .formatted(file));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return decode(file, reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw translated(file, e);
    }
  }

  private static Picture decode(Path file, ImageReader reader) throws IOException {
    String format = reader.getFormatName();
    if (format.equalsIgnoreCase("png")) {
      PngChunks.require(file);
    }
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    requireRoom(file, reader);
    BufferedImage image = reader.read(0);
    warnings.removeIf(text -> HARMLESS.contains(text) || text.startsWith(HARMLESS_START));
    if (!warnings.isEmpty()) {
      throw damaged(file, warnings.get(0), null);
    }
    requireColours(file, Picture.readable(image.getColorModel()));
    return new Picture(image, Exif.orientation(file, format));
  }

  /** Before anything is allocated for pixels. */
  private static void requireRoom(Path file, ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    requireColours(file, types.hasNext());
    String what = "%s with its %dx%d pixels".formatted(file, width, height);
    SampleModel samples = types.next().getSampleModel();
    if ((long) width * height * samples.getNumDataElements() > Integer.MAX_VALUE) {
      throw new DataException(
          "%s is too large to be decoded: Java holds at most 2^31 samples in one picture; scale it down"
              .formatted(what));
    }
    Heap.require(what, (long) width * height * bits(samples) / Byte.SIZE);
  }

  private static long bits(SampleModel samples) {
    return samples instanceof MultiPixelPackedSampleModel packed
        ? packed.getPixelBitStride()
        : (long) samples.getNumDataElements() * DataBuffer.getDataTypeSize(samples.getDataType());
  }

  private static void requireColours(Path file, boolean readable) {
    if (!readable) {
      throw new DataException(
          "%s is stored in CMYK or other colours than grey and RGB; convert it to RGB"
              .formatted(file));
    }
  }

  /** Java's readers meet damage with exceptions of any kind, and hide a full heap within some. */
  private static DataException translated(Path file, Throwable e) {
    if (e instanceof DataException told) {
      return told;
    }
    List<Throwable> chain = Stream.iterate(e, t -> t != null, Throwable::getCause).toList();
    if (chain.stream().anyMatch(OutOfMemoryError.class::isInstance)) {
      return Heap.full("the pixels of %s".formatted(file), e);
    }
    if (chain.stream().anyMatch(EOFException.class::isInstance)) {
      return damaged(file, "it ends too early", e);
    }
    String messages =
        chain.stream()
            .filter(t -> t instanceof IOException && t.getMessage() != null)
            .map(t -> t.getMessage().strip())
            .filter(message -> !message.isEmpty() && !message.contains("Exception"))
            .distinct()
            .collect(Collectors.joining(": "));
    return refused(
        file,
        "cannot be decoded",
        messages.isEmpty() ? "its parts contradict each other" : messages,
        e);
  }

  private static DataException damaged(Path file, String reason, Throwable cause) {
    return refused(file, "is cut short or damaged", reason, cause);
  }

  private static DataException refused(Path file, String what, String reason, Throwable cause) {
    String clause = reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    return new DataException(
        "%s %s: %s; replace it with an intact copy, or convert it to PNG"
            .formatted(file, what, clause),
        cause);
  }
}
