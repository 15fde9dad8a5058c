package dev.selkie.cpu;

import dev.selkie.runtime.Shape;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;

/**
 * One argument of a primitive.
 *
 * @param role one of oneDNN's DNNL_ARG constants
 */
record Operand(int role, memory.desc description, BytePointer address) {

  /** {@code count} samples of a tensor from sample {@code from} on. */
  static Operand samples(int role, CpuTensor tensor, int from, int count) {
    return new Operand(role, nhwc(count, tensor.shape()), tensor.at(from));
  }

  /** A float32 layout of activations, in oneDNN's order of dimensions. */
  static memory.desc nhwc(int n, Shape shape) {
    return new memory.desc(
        new long[] {n, shape.channels(), shape.height(), shape.width()},
        memory.data_type.f32,
        memory.format_tag.nhwc);
  }

  /** A float32 layout of two dimensions with these steps between their values. */
  static memory.desc matrix(long rows, long columns, long rowStep, long columnStep) {
    return new memory.desc(
        new long[] {rows, columns}, memory.data_type.f32, new long[] {rowStep, columnStep});
  }

  static memory.desc vector(long length) {
    return new memory.desc(new long[] {length}, memory.data_type.f32, memory.format_tag.a);
  }
}
