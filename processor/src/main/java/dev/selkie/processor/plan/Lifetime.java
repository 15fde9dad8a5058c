package dev.selkie.processor.plan;

import dev.selkie.processor.program.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Buffers of one place, and the calls between which that place is taken, both included. */
final class Lifetime {
  private final List<Buffer> buffers = new ArrayList<>();
  private final long bytes;
  private final int first;
  private int last;

  Lifetime(Buffer buffer, int call) {
    buffers.add(buffer);
    bytes = buffer.bytes();
    first = call;
    last = call;
  }

  void touch(int call) {
    last = call;
  }

  /** Takes up a buffer that starts in this place. */
  void share(Buffer buffer) {
    buffers.add(buffer);
  }

  Placement at(long offset) {
    return new Placement(buffers, offset, first, last);
  }

  List<Buffer> buffers() {
    return buffers;
  }

  long bytes() {
    return bytes;
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }
}
