package dev.selkie.cuda;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import jcuda.Pointer;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/**
 * Pinned memory and a stream of its own: the copy runs while the main stream computes. Two events
 * keep the sides apart: {@code sent} when the host's side may be written again, {@code used} when
 * the device's may.
 */
final class PinnedUpload implements Driver.Upload {
  private final NvidiaDriver driver;
  private final CUstream main;
  private final CUstream copies = new CUstream();
  private final CUevent sent = new CUevent();
  private final CUevent used = new CUevent();
  private final Pointer pinned = new Pointer();
  private final FloatBuffer host;
  private final long device;
  private final DevicePointer.Place place;

  PinnedUpload(NvidiaDriver driver, CUstream main, long bytes) {
    this.driver = driver;
    this.main = main;
    device = driver.allocate(bytes);
    place = new DevicePointer.Place(device);
    Results.cuda("cuMemHostAlloc", JCudaDriver.cuMemHostAlloc(pinned, bytes, 0));
    host = pinned.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    Results.cuda(
        "cuStreamCreate",
        JCudaDriver.cuStreamCreate(copies, CUstream_flags.CU_STREAM_NON_BLOCKING));
    for (CUevent event : new CUevent[] {sent, used}) {
      Results.cuda(
          "cuEventCreate", JCudaDriver.cuEventCreate(event, CUevent_flags.CU_EVENT_DISABLE_TIMING));
    }
    // The allocation was zeroed on the main stream: the first copy comes after it.
    received();
  }

  @Override
  public FloatBuffer host() {
    driver.enter();
    Results.cuda("cuEventSynchronize", JCudaDriver.cuEventSynchronize(sent));
    return host;
  }

  @Override
  public long send(long bytes) {
    driver.enter();
    Results.cuda("cuStreamWaitEvent", JCudaDriver.cuStreamWaitEvent(copies, used, 0));
    Results.cuda("cuMemcpyHtoDAsync", JCudaDriver.cuMemcpyHtoDAsync(place, pinned, bytes, copies));
    Results.cuda("cuEventRecord", JCudaDriver.cuEventRecord(sent, copies));
    return device;
  }

  @Override
  public void arrive() {
    driver.enter();
    Results.cuda("cuStreamWaitEvent", JCudaDriver.cuStreamWaitEvent(main, sent, 0));
  }

  @Override
  public void received() {
    driver.enter();
    Results.cuda("cuEventRecord", JCudaDriver.cuEventRecord(used, main));
  }

  @Override
  public void close() {
    driver.enter();
    JCudaDriver.cuStreamSynchronize(copies);
    JCudaDriver.cuEventDestroy(sent);
    JCudaDriver.cuEventDestroy(used);
    JCudaDriver.cuStreamDestroy(copies);
    JCudaDriver.cuMemFreeHost(pinned);
    driver.free(device);
  }
}
