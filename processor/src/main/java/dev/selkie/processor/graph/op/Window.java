package dev.selkie.processor.graph.op;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.graph.ShapeException;

/** The arithmetic of windows that slide over an input, shared by convolutions and pools. */
final class Window {
  private Window() {}

  /** Output size along one axis, or the complaint that the kernel does not fit. */
  static int output(
      String path, String member, int input, int kernel, int stride, int dilation, int padding)
      throws ShapeException {
    long extent = (long) dilation * (kernel - 1) + 1;
    long padded = input + 2L * padding;
    if (extent > padded) {
      throw new ShapeException(Message.KERNEL_TOO_LARGE, member, path, extent, padded);
    }
    return Math.toIntExact((padded - extent) / stride + 1);
  }

  /** As {@link #output} for a pool, which may round up. */
  static int pooled(String path, int input, int kernel, int stride, int padding, boolean ceil)
      throws ShapeException {
    int size = output(path, "kernel", input, kernel, stride, 1, padding);
    boolean rest = (input + 2L * padding - kernel) % stride != 0;
    // The further window must start on the input or the padding before it.
    return ceil && rest && (long) size * stride < (long) input + padding ? size + 1 : size;
  }

  /** The padding that {@code Padding.SAME} stands for. */
  static int same(int padding, int kernel, int dilation) {
    return padding >= 0 ? padding : Math.multiplyExact(dilation, kernel - 1) / 2;
  }
}
