// A walk over (N, P, C) in which a thread keeps V channels and takes some positions one after another, what depends on
// the channel alone in registers. Chunks of positions stand beside samples in the grid's x: there may be many of both.
#pragma once

#include "channel_tile.cuh"

constexpr int WALK_POSITIONS = 8;

// Sample n, channels from c on, positions p, p + step, ... below end; nothing to do where c >= C.
struct Walk {
  int n, c, p, step, end;
};

template <int V>
__device__ __forceinline__ Walk walk(int P) {
  const int chunk = blockDim.y * WALK_POSITIONS;
  const int chunks = (P + chunk - 1) / chunk;
  const int n = blockIdx.x / chunks;
  const int first = (blockIdx.x - n * chunks) * chunk;
  return {n, static_cast<int>(blockIdx.y * blockDim.x + threadIdx.x) * V, first + static_cast<int>(threadIdx.y),
          static_cast<int>(blockDim.y), min(first + chunk, P)};
}

inline dim3 walk_grid(const ChannelTile& tile, int V, int N, int P, int C) {
  return dim3(N * ceil_div(P, tile.rows() * WALK_POSITIONS), tile.tiles(C, V));
}
