package dev.selkie.cuda;

/** How the host reaches memory whose addresses the kernels work on; all of it float32. */
interface DeviceMemory {
  /** Copies so many of the values, from one on, to the device, behind all work of the stream. */
  void write(long address, float[] values, int from, int count);

  /** Copies values from the device to the host, when all work of the stream is done. */
  void read(long address, float[] values, int from, int count);
}
