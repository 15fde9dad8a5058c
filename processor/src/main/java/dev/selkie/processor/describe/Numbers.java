package dev.selkie.processor.describe;

import java.util.Locale;

/** Numbers as documents show them, the same in every locale. */
final class Numbers {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private Numbers() {}

  /** All digits, in groups of three. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** About three digits and a decimal unit. */
  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes / 1e3;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1e3;
      unit++;
    }
    int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f %s", value, UNITS[unit]);
  }

  /** A coordinate: two decimals at most, none where none is needed. */
  static String coordinate(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    text = text.endsWith("00") ? text.substring(0, text.length() - 3) : text;
    return text.equals("-0") ? "0" : text;
  }
}
