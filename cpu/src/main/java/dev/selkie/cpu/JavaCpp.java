package dev.selkie.cpu;

/** Settings of JavaCPP that must be made before its first class is loaded. */
final class JavaCpp {
  private static final String LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private JavaCpp() {}

  /** JavaCPP refuses pointers once a process is larger than some heaps; arenas are no heap. */
  static void unlimited() {
    if (System.getProperty(LIMIT) == null
        && System.getProperty(LIMIT.toLowerCase(java.util.Locale.ROOT)) == null) {
      System.setProperty(LIMIT, "0");
    }
  }
}
