package dev.selkie.training.verify;

import dev.selkie.runtime.Device;
import java.util.List;

/**
 * Compares a device with an oracle; found by {@link java.util.ServiceLoader} where jars bring more.
 */
public interface VerificationCheck {
  /** What is compared, such as the name of a network or a verb. */
  String name();

  /** Runs on the device; one result per quantity compared. */
  List<CheckResult> run(Device device);
}
