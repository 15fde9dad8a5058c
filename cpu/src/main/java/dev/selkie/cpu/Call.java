package dev.selkie.cpu;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import dev.selkie.runtime.BackendException;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;

/** A primitive bound to its memory: one native call, and nothing allocated. */
final class Call {
  private final dnnl_primitive handle;
  private final dnnl_stream stream;
  private final dnnl_exec_arg_t arguments;
  private final int count;

  /** Only referred to so that JavaCPP does not free what the arguments point to. */
  private final Object[] kept;

  Call(OneDnn oneDnn, int lane, primitive made, Operand... operands) {
    handle = made.get();
    stream = oneDnn.stream(lane).get();
    count = operands.length;
    arguments = new dnnl_exec_arg_t(count);
    kept = new Object[count + 1];
    for (int i = 0; i < count; i++) {
      memory place = new memory(operands[i].description(), oneDnn.device, operands[i].address());
      arguments.position(i).arg(operands[i].role()).memory(place.get());
      kept[i] = place;
    }
    arguments.position(0);
    kept[count] = made;
  }

  void run() {
    int status = dnnl_primitive_execute(handle, stream, count, arguments);
    if (status != 0) {
      throw new BackendException(
          "oneDNN failed with status %d in %s; check shapes and geometry"
              .formatted(status, ((primitive) kept[count]).get_kind()));
    }
  }
}
