package dev.selkie.samples;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** As much of a class file as tells how long its methods are (JVM specification, chapter 4). */
final class ClassFile {
  private ClassFile() {}

  /** Bytes of bytecode by method name; the longest of those that share one. */
  static Map<String, Integer> methods(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(stream))) {
      in.skipNBytes(8); // Magic number and version.
      String[] names = constants(in);
      in.skipNBytes(6); // Flags, this class, its superclass.
      in.skipNBytes(2L * in.readUnsignedShort()); // Interfaces.
      members(in, names, new TreeMap<>()); // Fields.
      Map<String, Integer> lengths = new TreeMap<>();
      members(in, names, lengths);
      return lengths;
    }
  }

  private static String[] constants(DataInputStream in) throws IOException {
    String[] texts = new String[in.readUnsignedShort()];
    for (int i = 1; i < texts.length; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // A long or a double takes two places.
        }
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        default -> throw new IOException("no constant has tag " + tag);
      }
    }
    return texts;
  }

  private static void members(DataInputStream in, String[] texts, Map<String, Integer> lengths)
      throws IOException {
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      in.skipNBytes(2);
      String name = texts[in.readUnsignedShort()];
      in.skipNBytes(2);
      int attributes = in.readUnsignedShort();
      for (int k = 0; k < attributes; k++) {
        String attribute = texts[in.readUnsignedShort()];
        int size = in.readInt();
        if (attribute.equals("Code")) {
          in.skipNBytes(4); // Stack and locals.
          lengths.merge(name, in.readInt(), Math::max);
          size -= 8;
        }
        in.skipNBytes(size);
      }
    }
  }
}
