package dev.selkie.runtime;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Hands out the regions of a {@link Layout} in the order a generated class declares its buffers.
 */
final class NetworkMemory {
  private final Backend backend;
  private final Arena arena;
  private final Layout layout;
  private final int batch;
  private final Element activations;
  private final long scaled;
  private final List<ParameterSpan> spans;
  private long decayed;
  private long plain;
  private long fixed;
  private long workspace;

  /** Where a parameter and its gradient lie. */
  record Pair(Tensor value, Tensor gradient) {}

  NetworkMemory(Backend backend, Layout layout, int batch) {
    this.backend = backend;
    this.arena = backend.allocate(layout, batch);
    this.layout = layout;
    this.batch = batch;
    this.activations = backend.precision().activations();
    this.scaled = layout.bytesFixed();
    this.spans =
        Stream.of(
                span("decayed", 0, layout.decayed(), true),
                span("plain", 2 * layout.decayed(), layout.plain(), false))
            .flatMap(Optional::stream)
            .toList();
  }

  /**
   * Closes the backend where there is no room.
   *
   * @param summary of the network, for advice
   */
  static NetworkMemory allocate(
      Backend backend, Layout layout, Batch batch, Supplier<NetworkSummary> summary) {
    try {
      return new NetworkMemory(backend, layout, batch.size());
    } catch (OutOfDeviceMemoryException e) {
      backend.close();
      throw e.of(MemoryAdvice.of(summary.get(), batch.size(), backend.precision(), e.usable()));
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  /** Values and gradients lie region behind region, so that an optimiser sees one flat vector. */
  Pair parameter(String name, Shape shape, boolean isDecayed) {
    long bytes = bytes(shape);
    long region = isDecayed ? layout.decayed() : layout.plain();
    long offset = isDecayed ? decayed : 2 * layout.decayed() + plain;
    if (isDecayed) {
      decayed += bytes;
    } else {
      plain += bytes;
    }
    return new Pair(view(name, shape, offset), view("d " + name, shape, offset + region));
  }

  Tensor fixed(String name, Shape shape) {
    long offset = 2 * layout.decayed() + 2 * layout.plain() + fixed;
    fixed += bytes(shape);
    return view(name, shape, offset);
  }

  Tensor workspace(String name, Shape shape) {
    return workspace(name, shape, Element.FLOAT32);
  }

  /** The network's input, its logits, their gradient; as much room as float32 needs. */
  Tensor edge(String name, Shape shape) {
    return workspace(name, shape, activations);
  }

  private Tensor workspace(String name, Shape shape, Element element) {
    long offset = scaled + workspace * batch;
    workspace += Layout.align(Element.FLOAT32.bytes(shape.perSample()));
    return tensor(name, shape, element, offset);
  }

  Tensor activation(String name, Shape shape, long offset) {
    return planned(name, shape, activations, offset);
  }

  Tensor planned(String name, Shape shape, Element element, long offset) {
    long shrunk = offset * activations.bits() / Element.FLOAT32.bits();
    return tensor(name, shape, element, scaled + (layout.workspace() + shrunk) * batch);
  }

  /** Those that are not empty: at most one with weight decay, then at most one without. */
  List<ParameterSpan> spans() {
    return spans;
  }

  void declared() {
    Layout found = new Layout(decayed, plain, fixed, workspace, layout.planned());
    if (!found.equals(layout)) {
      throw new IllegalStateException(
          "this is a bug in the processor: planned %s but declared %s".formatted(layout, found));
    }
  }

  /** Of an empty region there is none: what begins where it lies belongs to the next. */
  private Optional<ParameterSpan> span(String name, long offset, long bytes, boolean isDecayed) {
    if (bytes == 0) {
      return Optional.empty();
    }
    Shape shape = Shape.vector(Math.toIntExact(bytes / Float.BYTES));
    return Optional.of(
        new ParameterSpan(
            view(name, shape, offset), view("d" + name, shape, offset + bytes), isDecayed));
  }

  private Tensor view(String name, Shape shape, long offset) {
    return tensor(name, shape, Element.FLOAT32, offset);
  }

  /** A network that cannot be finished leaves no backend open: nobody else can close it. */
  private Tensor tensor(String name, Shape shape, Element element, long offset) {
    try {
      return arena.tensor(name, shape, element, offset);
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  void watch(HostAccess watcher) {
    arena.watch(watcher);
  }

  private static long bytes(Shape shape) {
    return Layout.align(Element.FLOAT32.bytes(shape.elements()));
  }
}
