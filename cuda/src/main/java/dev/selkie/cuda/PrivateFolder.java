package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A folder that only its user can write to: native code is loaded from nowhere else. */
final class PrivateFolder {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;

  private PrivateFolder(Path folder) {
    this.folder = folder;
  }

  /** Made where it is not there; refused where others could have written to it. */
  static PrivateFolder at(Path folder) {
    try {
      Files.createDirectories(folder.getParent());
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER));
      }
      boolean owned = Files.getOwner(folder).getName().equals(System.getProperty("user.name"));
      Set<PosixFilePermission> granted = Files.getPosixFilePermissions(folder);
      boolean shared =
          granted.contains(PosixFilePermission.GROUP_WRITE)
              || granted.contains(PosixFilePermission.OTHERS_WRITE);
      if (!owned || shared) {
        throw new BackendException(
            "%s can be written to by others, so no native code is loaded from it; run: chmod 700 %s"
                .formatted(folder, folder));
      }
      return new PrivateFolder(folder);
    } catch (IOException e) {
      throw new BackendException(
          "no private folder for native code at %s (%s); set SELKIE_CACHE to a folder of yours"
              .formatted(folder, e.getMessage()));
    }
  }

  Path path() {
    return folder;
  }

  /** A folder in it, as private as it. */
  PrivateFolder within(String name) {
    return at(folder.resolve(name));
  }

  /** Copies a resource of a jar there, whole or not at all; once, for what is there is whole. */
  Path unpack(String resource) {
    Path target = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    URL url = PrivateFolder.class.getResource(resource);
    if (url == null) {
      throw new BackendException("no %s on the class path".formatted(resource));
    }
    try {
      if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
        copy(url, target);
      }
      return target;
    } catch (IOException e) {
      throw new BackendException(
          "cannot unpack %s to %s (%s)".formatted(resource, target, e.getMessage()));
    }
  }

  private void copy(URL source, Path target) throws IOException {
    Path whole = Files.createTempFile(folder, "unpack", ".tmp");
    try (InputStream in = source.openStream()) {
      Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
      Files.move(
          whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
