package dev.selkie.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Reads the plain files of a tar archive (ustar, GNU or pax), gzipped or not. */
final class TarReader {
  /** After the end of an archive there is at most padding to a whole record. */
  private static final int PADDING = 1 << 20;

  private TarReader() {}

  /**
   * Contents by the last part of their names.
   *
   * @throws DataException naming the archive where it is damaged, ends too early or is too large
   */
  static Map<String, byte[]> read(Path archive) {
    String last = "its first header";
    try (InputStream content = InputFile.content(archive);
        Archive tar = new Archive(content)) {
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        last = entry.getName();
        require(archive, entry);
        if (plain(entry)) {
          files.put(last.substring(last.lastIndexOf('/') + 1), content(archive, tar, entry));
        }
      }
      requireEnd(archive, tar, content);
      return files;
    } catch (IOException e) {
      throw new DataException(
          "%s ends within %s or is damaged there (%s); fetch it again"
              .formatted(archive, last, IoReason.of(e)),
          e);
    }
  }

  /** Neither a folder nor a link, device or pipe. */
  private static boolean plain(TarArchiveEntry entry) {
    byte type = entry.getLinkFlag();
    return type == TarConstants.LF_NORMAL || (type == TarConstants.LF_OLDNORM && entry.isFile());
  }

  private static void require(Path archive, TarArchiveEntry entry) {
    if (!entry.isCheckSumOK()) {
      throw new DataException(
          "%s: the header of %s does not match its checksum; fetch it again"
              .formatted(archive, entry.getName()));
    }
    if (entry.getRealSize() < 0 || !InputFile.mayHold(archive, entry.getRealSize())) {
      throw new DataException(
          "%s ends within %s, whose size is given as %d bytes; fetch it again"
              .formatted(archive, entry.getName(), entry.getRealSize()));
    }
  }

  private static byte[] content(Path archive, TarArchiveInputStream tar, TarArchiveEntry entry)
      throws IOException {
    byte[] bytes = Heap.bytes("%s in %s".formatted(entry.getName(), archive), entry.getRealSize());
    if (tar.readNBytes(bytes, 0, bytes.length) < bytes.length) {
      throw new DataException(
          "%s ends within %s; fetch it again".formatted(archive, entry.getName()));
    }
    return bytes;
  }

  /** Reads on to the end, where gzip has its checksum. */
  private static void requireEnd(Path archive, Archive tar, InputStream content)
      throws IOException {
    if (!tar.ended) {
      throw new DataException(
          "%s ends without the mark that ends an archive; fetch it again".formatted(archive));
    }
    if (content.readNBytes(PADDING).length == PADDING) {
      throw new DataException(
          "%s continues after the end of the archive; fetch it again".formatted(archive));
    }
  }

  /** Knows an archive's end from a file that merely stops. */
  private static final class Archive extends TarArchiveInputStream {
    private boolean ended;

    Archive(InputStream content) {
      super(content);
    }

    @Override
    protected boolean isEOFRecord(byte[] record) {
      boolean end = super.isEOFRecord(record);
      ended |= end && record != null;
      return end;
    }
  }
}
