package dev.selkie.runtime;

/**
 * What a device can do at most, measured on it.
 *
 * @param bytesPerSecond of a copy within the device's memory, its reads and its writes together
 * @param operationsPerSecond of a large matrix product in the backend's precision; a multiply-add
 *     counts as two
 */
public record Ceilings(double bytesPerSecond, double operationsPerSecond) {
  public Ceilings {
    if (!(bytesPerSecond > 0 && operationsPerSecond > 0)) {
      throw new IllegalArgumentException(
          "ceilings are above zero, not %s bytes and %s operations per second"
              .formatted(bytesPerSecond, operationsPerSecond));
    }
  }

  /**
   * The least time for work that moves so much and computes so much, one behind the other's back.
   */
  public double seconds(double bytes, double operations) {
    return Math.max(bytes / bytesPerSecond, operations / operationsPerSecond);
  }
}
