// Windows of a pooling and the positions that they cover; padding is on both sides.
#pragma once

#include "pool_kernels.h"
#include "positions.cuh"

// From one on, below another.
struct Range {
  int from, to;
};

// The taps of window `output` that lie on an input of `size` rows, or columns.
__device__ __forceinline__ Range taps(const PoolGeometry& g, int output, int size) {
  const int first = output * g.stride - g.padding;
  return {max(0, -first), min(g.kernel, size - first)};
}

// The windows that cover row, or column, `input`.
__device__ __forceinline__ Range windows(const PoolGeometry& g, int input, int outputs) {
  const int place = input + g.padding;
  return {place < g.kernel ? 0 : (place - g.kernel) / g.stride + 1, min(outputs, place / g.stride + 1)};
}

// Calls launcher with a kernel's V for the channels and the block and grid that walk P positions.
template <class Launch>
void launch_walk(int N, int P, int C, Launch launch_it) {
  const int V = C % PACK == 0 ? PACK : 1;
  const ChannelTile tile = ChannelTile::of(C, V);
  launch_it(V == PACK, walk_grid(tile, V, N, P, C), tile.block());
}
