// How a block walks over a sample: `lanes` threads side by side on V channels each, `rows` of them on every rows-th
// position. V is 8 where channels are a multiple of eight, else 1.
#pragma once

#include "dispatch.cuh"
#include "pack.cuh"

constexpr int TILE_THREADS = 256;
constexpr int WARP = 32;
constexpr unsigned ALL_LANES = 0xffffffffu;

struct ChannelTile {
  int lanes;

  static ChannelTile of(int C, int V) {
    int lanes = 1;
    while (lanes < WARP && lanes * V < C) lanes *= 2;
    return {lanes};
  }
  int rows() const { return TILE_THREADS / lanes; }
  dim3 block() const { return dim3(lanes, rows()); }
  int tiles(int C, int V) const { return ceil_div(C, lanes * V); }
};

// Positions from `first` on, below `last`, `rows` apart. A loop that counts them is unrolled with its loads side by side; one
// that compares a position with the last has a branch between them.
__device__ __forceinline__ int steps_between(int first, int last, int rows) {
  return first < last ? (last - first + rows - 1) / rows : 0;
}

// V neighbouring values as float.
template <int V>
struct Values {
  float v[V];
};

template <int V, class T>
__device__ __forceinline__ Values<V> load_values(const T* p) {
  Values<V> values;
  if constexpr (V == PACK) {
    const Pack pack = load_pack(p);
#pragma unroll
    for (int i = 0; i < V; ++i) values.v[i] = pack.v[i];
  } else {
    static_assert(V == 1, "one value or a pack");
    values.v[0] = to_float(*p);
  }
  return values;
}

template <int V, class T>
__device__ __forceinline__ void store_values(T* p, const Values<V>& values) {
  if constexpr (V == PACK) {
    Pack pack;
#pragma unroll
    for (int i = 0; i < V; ++i) pack.v[i] = values.v[i];
    store_pack(p, pack);
  } else {
    *p = from_float<T>(values.v[0]);
  }
}

// The V bits of a mask that belong to the values from flat index i on; i is a multiple of V.
template <int V>
__device__ __forceinline__ unsigned load_bits(const std::uint8_t* mask, long long i) {
  const unsigned byte = mask[i / 8];
  return V == PACK ? byte : byte >> (i % 8) & 1;
}

// Sums each thread's S x V numbers over the rows of its block; the threads of row 0 get the sums.
template <int S, int V>
__device__ __forceinline__ void sum_rows(float (&sum)[S][V]) {
  SHARED(float, partial, S* TILE_THREADS* V);
  const int lanes = blockDim.x;
  const int thread = threadIdx.y * lanes + threadIdx.x;
  const int warps = TILE_THREADS / WARP;
  // Rows that share a warp first.
  for (int distance = lanes; distance < WARP; distance *= 2) {
#pragma unroll
    for (int s = 0; s < S; ++s) {
#pragma unroll
      for (int i = 0; i < V; ++i) sum[s][i] += __shfl_xor_sync(ALL_LANES, sum[s][i], distance);
    }
  }
  __syncthreads();  // a caller may sum twice
  if (thread % WARP < lanes) {
#pragma unroll
    for (int s = 0; s < S; ++s) {
#pragma unroll
      for (int i = 0; i < V; ++i) partial[((s * warps + thread / WARP) * V + i) * WARP + threadIdx.x] = sum[s][i];
    }
  }
  __syncthreads();
  if (threadIdx.y == 0) {
#pragma unroll
    for (int s = 0; s < S; ++s) {
#pragma unroll
      for (int i = 0; i < V; ++i) {
        float total = 0;
        for (int w = 0; w < warps; ++w) total += partial[((s * warps + w) * V + i) * WARP + threadIdx.x];
        sum[s][i] = total;
      }
    }
  }
}
