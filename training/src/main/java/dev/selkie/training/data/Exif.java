package dev.selkie.training.data;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.StreamReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The orientation that a JPEG, PNG or TIFF file declares. */
final class Exif {
  private Exif() {}

  /**
   * Upright where the file does not say, or says it in a block that is broken: viewers show such
   * pictures as they are stored.
   *
   * @param format as Java's readers call it
   */
  static Orientation orientation(Path file, String format) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Metadata metadata =
          switch (format.toLowerCase(Locale.ROOT)) {
            case "jpeg" -> JpegMetadataReader.readMetadata(in, List.of(new ExifReader()));
            case "png" -> png(in);
            case "tif", "tiff" -> TiffMetadataReader.readMetadata(file.toFile());
            default -> new Metadata();
          };
      ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer tag =
          directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      return tag == null ? Orientation.UPRIGHT : Orientation.of(tag);
    } catch (ImageProcessingException | IOException e) {
      return Orientation.UPRIGHT;
    }
  }

  private static Metadata png(InputStream in) throws ImageProcessingException, IOException {
    Metadata metadata = new Metadata();
    for (PngChunk chunk :
        new PngChunkReader().extract(new StreamReader(in), Set.of(PngChunkType.eXIf))) {
      new ExifReader().extract(new ByteArrayReader(chunk.getBytes()), metadata);
    }
    return metadata;
  }
}
