package dev.selkie.runtime;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Found by {@link java.util.ServiceLoader}: makes backends for one kind of device. */
public interface BackendProvider {
  /** The device's name on the command line, such as {@code cpu}. */
  String device();

  /** Higher is chosen first by {@link Device#best}; negative is never chosen unasked. */
  default int preference() {
    return -1;
  }

  /** What is missing, in one sentence with the way out; empty where the device can be used. */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** In float32. */
  Backend open();

  /** What it can compute in. */
  default Set<Precision> precisions() {
    return EnumSet.of(Precision.FLOAT32);
  }

  /**
   * @throws BackendException where the device does not compute in that precision
   */
  default Backend open(Precision precision) {
    if (precision != Precision.FLOAT32) {
      throw new BackendException(
          "device '%s' computes in %s, not in %s; choose one of those or another device"
              .formatted(device(), precisions(), precision));
    }
    return open();
  }

  /** What was looked at to find that out, for {@code selkie doctor}. */
  default List<Finding> findings() {
    return List.of();
  }

  /** Whether this machine has such a device, so that what is missing is a fault. */
  default boolean expected() {
    return true;
  }

  /**
   * All providers, for the calling thread's class loader and for Selkie's own.
   *
   * @throws SelkieException where one cannot be loaded
   */
  static List<BackendProvider> all() {
    return Services.all(BackendProvider.class);
  }
}
