package dev.selkie.cpu;

import dev.selkie.runtime.BackendException;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;

/** oneDNN's engine, and per lane a stream and scratch memory. */
final class OneDnn {
  /** Bytes of one call's input and output: about half a core's second-level cache. */
  private static final long CACHED = 1 << 19;

  final engine device;
  final Lanes lanes;

  /**
   * Of all that oneDNN made, so that it can be freed at once; Java sees no reason to collect it.
   */
  private final Deque<PointerScope> made = new ArrayDeque<>();

  private final LongFunction<NativeMemory> allocator;
  private final stream[] streams;
  private final List<Map<Scratch, NativeMemory>> scratch = new ArrayList<>();

  /** What a lane keeps memory for, beside the tensors. */
  enum Scratch {
    INTERNAL,
    WEIGHTS,
    RESULT,
    ROWS,
    PRODUCTS
  }

  OneDnn(Lanes lanes, LongFunction<NativeMemory> allocator) {
    this.lanes = lanes;
    this.allocator = allocator;
    this.streams = new stream[lanes.count()];
    this.device =
        create(
            "an engine and its streams",
            () -> {
              engine cpu = new engine(engine.kind.cpu, 0);
              for (int i = 0; i < streams.length; i++) {
                streams[i] = new stream(cpu);
                scratch.add(new EnumMap<>(Scratch.class));
              }
              return cpu;
            });
  }

  stream stream(int lane) {
    return streams[lane];
  }

  /** The lane's memory for one use, at least that large; later calls use the same. */
  BytePointer scratch(int lane, Scratch use, long bytes) {
    NativeMemory found = scratch.get(lane).get(use);
    if (found == null || found.bytes() < bytes) {
      // What it replaces stays until the backend closes: earlier primitives hold its address.
      found = allocator.apply(bytes);
      scratch.get(lane).put(use, found);
    }
    return found.at(0);
  }

  /** How many samples of that size to give to one call, so that they stay in cache: 2^k. */
  static int chunk(int samples, long bytesPerSample) {
    long most = Math.min(samples, CACHED / Math.max(1, bytesPerSample));
    return Integer.highestOneBit((int) Math.max(1, most));
  }

  /** The lane's memory for one use, for Java and for oneDNN. */
  Place place(int lane, Scratch use, long floats) {
    return new Place(scratch(lane, use, Float.BYTES * floats), floats);
  }

  /** Scratch memory of {@code floats} values. */
  record Place(BytePointer address, FloatBuffer floats) {
    Place(BytePointer address, long floats) {
      this(
          address,
          address.getPointer(0).limit(Float.BYTES * floats).asByteBuffer().asFloatBuffer());
    }

    /** Where value {@code index} lies. */
    BytePointer at(long index) {
      return address.getPointer(Float.BYTES * index);
    }
  }

  /** Memory that only one call site uses. */
  BytePointer reserve(long bytes) {
    return allocator.apply(bytes).at(0);
  }

  /** Attributes that every primitive here has: its scratch memory is ours. */
  static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    return attributes;
  }

  /**
   * Makes primitives as they will be run: for one thread; keeps all that oneDNN makes until {@link
   * #close}, and names what it refused.
   */
  <T> T create(String what, Supplier<T> maker) {
    OpenMp.single();
    // Extended, so that leaving the block only ends the collecting.
    try (PointerScope scope = new PointerScope().extend()) {
      made.push(scope);
      return maker.get();
    } catch (BackendException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new BackendException(
          "oneDNN refused %s: %s; check shapes and geometry".formatted(what, e.getMessage()), e);
    } finally {
      OpenMp.restore();
    }
  }

  /** Frees all that oneDNN made, the last first; none of it may be used afterwards. */
  void close() {
    while (!made.isEmpty()) {
      made.pop().deallocate();
    }
  }

  /** Binds a primitive to memory. */
  Call call(int lane, primitive made, primitive_desc_base description, Operand... operands) {
    Operand[] all = java.util.Arrays.copyOf(operands, operands.length + 1);
    memory.desc internal = description.scratchpad_desc();
    all[operands.length] =
        new Operand(
            dnnl.DNNL_ARG_SCRATCHPAD,
            internal,
            scratch(lane, Scratch.INTERNAL, internal.get_size()));
    return new Call(this, lane, made, all);
  }

  /** Copies from one layout to another; adds to the target where {@code accumulate}. */
  Call reorder(int lane, Operand to, Operand from, boolean accumulate) {
    primitive_attr attributes = attributes();
    if (accumulate) {
      org.bytedeco.dnnl.post_ops sum = new org.bytedeco.dnnl.post_ops();
      sum.append_sum();
      attributes.set_post_ops(sum);
    }
    reorder.primitive_desc description =
        new reorder.primitive_desc(
            device, from.description(), device, to.description(), attributes, false);
    return call(
        lane,
        new reorder(description),
        description,
        new Operand(dnnl.DNNL_ARG_FROM, from.description(), from.address()),
        new Operand(dnnl.DNNL_ARG_TO, to.description(), to.address()));
  }

  /**
   * oneDNN's first choice, or for strided windows and thin inputs the direct kernel of the same
   * instruction set: measured up to three times as fast. A fixed rule, so that every run agrees.
   */
  static <D extends primitive_desc> D choose(Supplier<D> maker, boolean direct) {
    D first = maker.get();
    if (!direct) {
      return first;
    }
    String name = first.impl_info_str().getString();
    String wanted = "jit:" + name.substring(name.lastIndexOf(':') + 1);
    D candidate = maker.get();
    do {
      if (candidate.impl_info_str().getString().equals(wanted)) {
        return candidate;
      }
    } while (candidate.next_impl());
    return first;
  }
}
