package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives written byte by byte as POSIX describes them. */
class TarReaderTest {
  private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  /** A header with its own checksum. */
  private static byte[] header(String name, byte[] size, char type) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    System.arraycopy(size, 0, header, 124, size.length);
    put(header, 136, "00000000000\0");
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    return summed(header);
  }

  private static byte[] summed(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] octal(long size) {
    return "%011o\0".formatted(size).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] file(String name, byte[] content) {
    return joined(
        header(name, octal(content.length), '0'),
        content,
        new byte[(512 - content.length % 512) % 512]);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private Map<String, byte[]> read(byte[]... parts) throws IOException {
    Path archive = Files.write(folder.resolve("archive.tar"), joined(parts));
    return assertTimeoutPreemptively(Duration.ofSeconds(10), () -> TarReader.read(archive));
  }

  private void refused(String words, byte[]... parts) {
    DataException e = assertThrows(DataException.class, () -> read(parts));
    assertTrue(e.getMessage().contains("archive.tar"), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void readsPlainFilesOnly() throws IOException {
    byte[] link = header("folder/link", octal(0), '2');
    Map<String, byte[]> files =
        read(header("folder/", octal(0), '5'), link, file("folder/a", CONTENT), new byte[1024]);
    assertEquals(1, files.size());
    assertArrayEquals(CONTENT, files.get("a"));
  }

  @Test
  void readsSizesInBase256() throws IOException {
    byte[] size = new byte[12];
    size[0] = (byte) 0x80;
    size[11] = (byte) CONTENT.length;
    Map<String, byte[]> files =
        read(header("a", size, '0'), CONTENT, new byte[500], file("b", CONTENT), new byte[1024]);
    assertArrayEquals(CONTENT, files.get("a"));
    assertArrayEquals(CONTENT, files.get("b"));
  }

  @Test
  void readsLongNamesOfGnuAndPax() throws IOException {
    String name = "folder/" + "n".repeat(120);
    byte[] gnu = (name + "\0").getBytes(StandardCharsets.US_ASCII);
    Map<String, byte[]> files =
        read(
            header("././@LongLink", octal(gnu.length), 'L'),
            Arrays.copyOf(gnu, 512),
            file(name.substring(0, 99), CONTENT),
            new byte[1024]);
    assertArrayEquals(CONTENT, files.get("n".repeat(120)));
    // A record's length counts itself: "NNN path=" and a line's end are ten characters.
    byte[] pax =
        "%d path=%s\n".formatted(name.length() + 10, name).getBytes(StandardCharsets.US_ASCII);
    files =
        read(
            header("PaxHeaders/x", octal(pax.length), 'x'),
            Arrays.copyOf(pax, 512),
            file("short", CONTENT),
            new byte[1024]);
    assertArrayEquals(CONTENT, files.get("n".repeat(120)));
  }

  /** Each of these is negative as an int of 32 bits, or lies behind the end. */
  @ParameterizedTest
  @ValueSource(
      strings = {"37777776000", "20000000000", "37777777000", "77777777777", "00000002000"})
  void sizesBehindTheEndAreRefused(String size) {
    byte[] octal = (size + "\0").getBytes(StandardCharsets.US_ASCII);
    for (char type : new char[] {'0', '5', '2', 'L', 'x'}) {
      // Folders and links have no content; what is not a file is passed over as its size says.
      byte[] header = header("folder/it", octal, type);
      refused("fetch it again", header, CONTENT, new byte[500]);
    }
  }

  @Test
  void aNegativeSizeInBase256IsRefused() {
    byte[] size = new byte[12];
    Arrays.fill(size, (byte) 0xff);
    size[10] = (byte) 0xfc;
    refused("fetch it again", header("folder/", size, '5'), file("a", CONTENT), new byte[1024]);
  }

  @Test
  void aHeaderWithAnotherChecksumIsRefused() {
    byte[] archive = joined(file("abc", CONTENT), new byte[1024]);
    archive[1] ^= 1;
    refused("checksum", archive);
  }

  @Test
  void everyPrefixIsRefused() throws IOException {
    byte[] whole = joined(file("a", CONTENT), file("b", CONTENT));
    for (int length : new int[] {1, 100, 511, 512, 520, 1023, 1024, 1025, 1400, 1540, 2048}) {
      refused("fetch it again", Arrays.copyOf(whole, length));
    }
    byte[] packed = gzip(joined(whole, new byte[1024]));
    for (int length = 3; length < packed.length; length += 7) {
      refused("archive.tar", Arrays.copyOf(packed, length));
    }
  }

  @Test
  void muchAfterTheEndIsRefused() throws IOException {
    byte[] behind = new byte[2 << 20];
    refused("continues after the end", gzip(joined(file("a", CONTENT), new byte[1024], behind)));
    assertEquals(1, read(file("a", CONTENT), new byte[10240]).size());
  }

  /** Gzip's checksum stands behind the last byte, and is looked at. */
  @Test
  void changedContentWithinGzipIsRefused() throws IOException {
    byte[] packed = gzip(joined(file("a", CONTENT), new byte[1024]));
    packed[packed.length - 6] ^= 1;
    refused("archive.tar", packed);
  }

  @Test
  void mutationsAreReadOrRefusedButNeverFailOtherwise() throws IOException {
    byte[] name = ("folder/" + "n".repeat(120)).getBytes(StandardCharsets.US_ASCII);
    byte[] sound =
        joined(
            header("folder/", octal(0), '5'),
            header("././@LongLink", octal(name.length), 'L'),
            Arrays.copyOf(name, 512),
            file("a", CONTENT),
            header("PaxHeaders/x", octal(20), 'x'),
            Arrays.copyOf("20 path=folder/nnnn\n".getBytes(StandardCharsets.US_ASCII), 512),
            file("b", CONTENT),
            new byte[1024]);
    Random random = new Random(1);
    for (int i = 0; i < 250; i++) {
      byte[] mutant = sound.clone();
      for (int count = 1 + random.nextInt(4); count > 0; count--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      if (random.nextBoolean()) {
        // What the checksum would catch: the header's fields themselves are at fault.
        for (int block : new int[] {0, 512, 1536, 2560, 3584}) {
          byte[] header = summed(Arrays.copyOfRange(mutant, block, block + 512));
          int at = 124 + random.nextInt(12);
          header[at] = random.nextBoolean() ? (byte) ('0' + random.nextInt(8)) : header[at];
          System.arraycopy(summed(header), 0, mutant, block, 512);
        }
      }
      byte[] archive = random.nextBoolean() ? gzip(mutant) : mutant;
      try {
        read(archive);
      } catch (DataException e) {
        assertTrue(e.getMessage().contains("archive.tar"), e.getMessage());
      }
    }
  }
}
