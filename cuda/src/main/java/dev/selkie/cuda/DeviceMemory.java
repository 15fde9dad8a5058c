package dev.selkie.cuda;

/** How the host reaches memory whose addresses the kernels work on. */
interface DeviceMemory {
  /** Copies values from the host to the device, behind all work of the stream. */
  void write(long address, float[] values);

  /** Copies values from the device to the host, when all work of the stream is done. */
  void read(long address, float[] values);
}
