package dev.selkie.cuda;

import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A native library that was found.
 *
 * @param name of its file, such as {@code libcudnn.so.9}
 * @param place for people: a path, or a jar and its entry
 * @param file the file itself; one in a jar is unpacked when this is asked
 */
record NativeLibrary(String name, String place, Supplier<Path> file) {

  static NativeLibrary at(Path file) {
    return new NativeLibrary(file.getFileName().toString(), file.toString(), () -> file);
  }
}
