package dev.selkie.processor.describe;

import java.util.Locale;

/** Numbers as documents show them, the same in every locale. */
final class Numbers {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private Numbers() {}

  /** All digits, in groups of three. */
  static String grouped(long number) {
    StringBuilder digits = new StringBuilder().append(number);
    int first = number < 0 ? 1 : 0;
    for (int i = digits.length() - 3; i > first; i -= 3) {
      digits.insert(i, ',');
    }
    return digits.toString();
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
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      return "" + hundredths / 100;
    }
    long rest = Math.abs(hundredths % 100);
    return (hundredths < 0 ? "-" : "")
        + Math.abs(hundredths / 100)
        + (rest < 10 ? ".0" : ".")
        + rest;
  }
}
