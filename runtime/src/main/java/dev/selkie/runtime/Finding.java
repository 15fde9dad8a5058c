package dev.selkie.runtime;

/**
 * One thing that {@code selkie doctor} looked at.
 *
 * @param fix what to do about it; empty where all is well
 * @param needed whether it is a fault of this machine where it is not well
 */
public record Finding(
    String what, String wanted, String found, boolean ok, String fix, boolean needed) {

  public static Finding good(String what, String wanted, String found) {
    return new Finding(what, wanted, found, true, "", true);
  }

  public static Finding bad(String what, String wanted, String found, String fix) {
    return new Finding(what, wanted, found, false, fix, true);
  }

  /** The same, worth listing but no fault: this machine has nothing to use it with. */
  public Finding unneeded() {
    return new Finding(what, wanted, found, ok, fix, false);
  }

  /** Whether something must be mended. */
  public boolean fault() {
    return needed && !ok;
  }
}
