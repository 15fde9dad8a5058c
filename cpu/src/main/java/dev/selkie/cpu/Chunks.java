package dev.selkie.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * A lane's samples cut into chunks of one size, the last one maybe smaller, each with its calls.
 */
final class Chunks {
  /** Weights larger than this are packed and summed once per verb rather than once per chunk. */
  private static final long SMALL_WEIGHTS = 1 << 18;

  private final int start;
  private final int size;
  private final List<Call[]> calls = new ArrayList<>();

  Chunks(int start, int size) {
    this.start = start;
    this.size = size;
  }

  /** Whether a convolution's weights are small enough to be dealt with again in each chunk. */
  static boolean suit(CpuTensor weight) {
    return 4 * weight.shape().elements() <= SMALL_WEIGHTS;
  }

  int size() {
    return size;
  }

  void add(Call... chunk) {
    calls.add(chunk);
  }

  /** Whole chunks, but for the lane's last one. */
  void run(int from, int to) {
    int end = (to - start + size - 1) / size;
    for (int i = (from - start) / size; i < end; i++) {
      for (Call call : calls.get(i)) {
        call.run();
      }
    }
  }

  /** The largest size of all lanes. */
  static int largest(Chunks[] lanes) {
    int size = 1;
    for (Chunks lane : lanes) {
      size = Math.max(size, lane.size);
    }
    return size;
  }
}
