package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
  @TempDir Path folder;

  @Test
  void isMadeForItsUserAlone() throws IOException {
    Path made = folder.resolve("cache/natives");
    PrivateFolder.at(made);
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
  }

  @Test
  void oneThatOthersCanWriteToIsRefused() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    BackendException refused = assertThrows(BackendException.class, () -> PrivateFolder.at(open));
    assertTrue(refused.getMessage().contains("chmod 700 " + open), refused.getMessage());
  }

  @Test
  void whatIsUnpackedIsWhole() throws IOException {
    Path unpacked =
        PrivateFolder.at(folder.resolve("natives")).unpack("/dev/selkie/cuda/PrivateFolder.class");
    assertEquals(0xCAFEBABE, java.nio.ByteBuffer.wrap(Files.readAllBytes(unpacked)).getInt());
  }

  @Test
  void whatIsNotThereIsNamed() {
    BackendException missing =
        assertThrows(
            BackendException.class,
            () -> PrivateFolder.at(folder.resolve("natives")).unpack("/nowhere.so"));
    assertEquals("no /nowhere.so on the class path", missing.getMessage());
  }
}
