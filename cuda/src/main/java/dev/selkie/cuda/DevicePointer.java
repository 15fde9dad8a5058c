package dev.selkie.cuda;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUstream;

/** An address as JCuda takes it. */
final class DevicePointer extends Pointer {
  DevicePointer(long address) {
    super(address);
  }

  /** Memory that CUDA has given, and its address as a number. */
  static final class Allocation extends CUdeviceptr {
    long address() {
      return getNativePointer();
    }
  }

  /** A stream, and its handle as a number. */
  static final class Stream extends CUstream {
    long handle() {
      return getNativePointer();
    }
  }

  /** An address as the driver's API takes it. */
  static final class Place extends CUdeviceptr {
    Place(long address) {
      super(new CUdeviceptr(), address);
    }
  }
}
