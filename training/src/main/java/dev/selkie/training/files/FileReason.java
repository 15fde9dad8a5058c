package dev.selkie.training.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written. The JDK's own messages often are the path alone. */
public final class FileReason {
  private FileReason() {}

  /** In a few words, such as {@code No space left on device}; never null, never just a path. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    if (e instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (e instanceof NotDirectoryException plain) {
      return plain.getFile() + " is not a folder";
    }
    if (e instanceof FileAlreadyExistsException existing) {
      return existing.getFile() + " is there already, and is not a folder";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    if (e instanceof EOFException) {
      return "it ends early";
    }
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
