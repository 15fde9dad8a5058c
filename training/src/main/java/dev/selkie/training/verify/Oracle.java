package dev.selkie.training.verify;

import dev.selkie.runtime.Device;

/** The reference beside a device: what it should compute, and what it may err. */
final class Oracle {
  private Oracle() {}

  /** Doubles, from images rounded to the device's type of activation. */
  static Device exact(Device device) {
    return Device.named("reference").in(device.precision());
  }

  /** The plain float32 loop in the device's precision. */
  static Device plain(Device device) {
    return Device.named(Float32Provider.DEVICE).in(device.precision());
  }
}
