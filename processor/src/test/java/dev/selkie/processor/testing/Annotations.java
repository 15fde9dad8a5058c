package dev.selkie.processor.testing;

import java.lang.reflect.Method;

/** What members an annotation of Selkie has. */
final class Annotations {
  private Annotations() {}

  static boolean has(String kind, String member) {
    return find(kind, member) != null;
  }

  static boolean requires(String kind, String member) {
    return find(kind, member).getDefaultValue() == null;
  }

  private static Method find(String kind, String member) {
    try {
      return Class.forName("dev.selkie.annotation." + kind).getMethod(member);
    } catch (NoSuchMethodException e) {
      return null;
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
