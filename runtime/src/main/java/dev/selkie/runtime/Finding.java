package dev.selkie.runtime;

/**
 * One thing that {@code selkie doctor} looked at.
 *
 * @param fix what to do about it; empty where all is well
 */
public record Finding(String what, String wanted, String found, boolean ok, String fix) {

  public static Finding good(String what, String wanted, String found) {
    return new Finding(what, wanted, found, true, "");
  }

  public static Finding bad(String what, String wanted, String found, String fix) {
    return new Finding(what, wanted, found, false, fix);
  }
}
