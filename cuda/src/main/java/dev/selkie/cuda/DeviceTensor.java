package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Extent;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;

/** A place in device memory. */
final class DeviceTensor implements Tensor {
  private final String name;
  private final Shape shape;
  private final Element element;
  private final long address;
  private final CudaArena arena;

  DeviceTensor(String name, Shape shape, Element element, long address, CudaArena arena) {
    this.name = name;
    this.shape = shape;
    this.element = element;
    this.address = address;
    this.arena = arena;
  }

  /** That tensor as one of this backend's own. */
  static DeviceTensor device(Tensor tensor) {
    if (tensor instanceof DeviceTensor own) {
      return own;
    }
    throw new BackendException(
        "%s lies on another device; the CUDA backend reads only tensors of its own arenas"
            .formatted(tensor.name()));
  }

  /** Its address; 0 where there is no tensor. */
  static long address(Tensor tensor) {
    return tensor == null ? 0 : device(tensor).address;
  }

  long address() {
    return address;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Element element() {
    return element;
  }

  @Override
  public Extent extent() {
    return Extent.of(arena.transfers(), address, shape, element);
  }

  @Override
  public void read(float[] values) {
    require(values.length);
    arena.watcher().begin(this, false);
    try {
      arena.transfers().read(this, values);
    } finally {
      arena.watcher().end();
    }
  }

  @Override
  public void write(float[] values) {
    require(values.length);
    arena.watcher().begin(this, true);
    try {
      arena.transfers().write(this, values);
    } finally {
      arena.watcher().end();
    }
  }

  private void require(int length) {
    if (length != shape.elements() || !element.isActivation()) {
      throw new BackendException(
          "%s holds %d %s values but the host gave room for %d floats; use an array of that length"
              .formatted(name, shape.elements(), element, length));
    }
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
