// Maximum of each window, and which tap it was: row-major, the first of equals, as a byte. Backward gathers: each input
// adds up the gradients of the windows that it won.
//
// x, dx (N, H, W, C); y, dy and winners (N, P, Q, C). A NaN wins, as in PyTorch, so that it reaches the loss. Backward
// overwrites dx and needs no atomics.
#include "dispatch.cuh"
#include "pool.cuh"
#include "pool_kernels.h"

namespace {

template <int V>
__device__ __forceinline__ void store_bytes(std::uint8_t* p, const int (&bytes)[V]) {
  if constexpr (V == PACK) {
    unsigned word[2] = {};
#pragma unroll
    for (int i = 0; i < PACK; ++i) word[i / 4] |= static_cast<unsigned>(bytes[i]) << i % 4 * 8;
    require_aligned(p, sizeof(uint2));
    *reinterpret_cast<uint2*>(p) = make_uint2(word[0], word[1]);
  } else {
    *p = static_cast<std::uint8_t>(bytes[0]);
  }
}

template <int V>
__device__ __forceinline__ void load_bytes(int (&bytes)[V], const std::uint8_t* p) {
  if constexpr (V == PACK) {
    require_aligned(p, sizeof(uint2));
    const uint2 words = *reinterpret_cast<const uint2*>(p);
#pragma unroll
    for (int i = 0; i < PACK; ++i) bytes[i] = (i < 4 ? words.x : words.y) >> i % 4 * 8 & 0xff;
  } else {
    bytes[0] = *p;
  }
}

// `winners` is null for inference. SIZE is the kernel where it is known, so that all loads can be under way at once.
template <class T, int V, int SIZE>
KERNEL(TILE_THREADS)
max_pool_forward_kernel(T* __restrict__ y, std::uint8_t* __restrict__ winners, const T* __restrict__ x, PoolGeometry g,
                        int C) {
  const Walk here = walk<V>(g.P * g.Q);
  if (here.c >= C) return;
  const int size = SIZE == 0 ? g.kernel : SIZE;
  for (int p = here.p; p < here.end; p += here.step) {
    const int top = p / g.Q * g.stride - g.padding;
    const int left = p % g.Q * g.stride - g.padding;
    float best[V];
    int winner[V];
#pragma unroll
    for (int i = 0; i < V; ++i) {
      best[i] = -INFINITY;
      winner[i] = max(0, -top) * size + max(0, -left);  // the first tap, whatever it holds
    }
#pragma unroll
    for (int r = 0; r < size; ++r) {
#pragma unroll
      for (int s = 0; s < size; ++s) {
        const int h = top + r;
        const int w = left + s;
        if (h < 0 || h >= g.H || w < 0 || w >= g.W) continue;
        const long long at = ((static_cast<long long>(here.n) * g.H + h) * g.W + w) * C + here.c;
        const Values<V> value = load_values<V>(x + at);
#pragma unroll
        for (int i = 0; i < V; ++i) {
          const bool wins = value.v[i] > best[i] || value.v[i] != value.v[i];
          best[i] = wins ? value.v[i] : best[i];
          winner[i] = wins ? r * size + s : winner[i];
        }
      }
    }
    const long long at = (static_cast<long long>(here.n) * g.P * g.Q + p) * C + here.c;
    Values<V> maximum;
#pragma unroll
    for (int i = 0; i < V; ++i) maximum.v[i] = best[i];
    store_values<V>(y + at, maximum);
    if (winners != nullptr) store_bytes<V>(winners + at, winner);
  }
}

template <class T, int V>
KERNEL(TILE_THREADS)
max_pool_backward_kernel(T* __restrict__ dx, const T* __restrict__ dy, const std::uint8_t* __restrict__ winners,
                         PoolGeometry g, int C) {
  const Walk w = walk<V>(g.H * g.W);
  if (w.c >= C) return;
  for (int p = w.p; p < w.end; p += w.step) {
    const int row = p / g.W;
    const int column = p % g.W;
    const Range rows = windows(g, row, g.P);
    const Range columns = windows(g, column, g.Q);
    Values<V> sum = {};
    for (int r = rows.from; r < rows.to; ++r) {
      for (int s = columns.from; s < columns.to; ++s) {
        const int tap = (row + g.padding - r * g.stride) * g.kernel + (column + g.padding - s * g.stride);
        const long long at = ((static_cast<long long>(w.n) * g.P + r) * g.Q + s) * C + w.c;
        int winner[V];
        load_bytes<V>(winner, winners + at);
        const Values<V> gradient = load_values<V>(dy + at);
#pragma unroll
        for (int i = 0; i < V; ++i) sum.v[i] += winner[i] == tap ? gradient.v[i] : 0.0f;
      }
    }
    store_values<V>(dx + (static_cast<long long>(w.n) * g.H * g.W + p) * C + w.c, sum);
  }
}

}  // namespace

void max_pool_forward(Type type, void* y, std::uint8_t* winners, const void* x, const PoolGeometry& g, int N, int C,
                      cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_walk(N, g.P * g.Q, C, [&](bool packed, dim3 grid, dim3 block) {
      const auto kernel = g.kernel == 3
                              ? (packed ? max_pool_forward_kernel<T, PACK, 3> : max_pool_forward_kernel<T, 1, 3>)
                              : (packed ? max_pool_forward_kernel<T, PACK, 0> : max_pool_forward_kernel<T, 1, 0>);
      launch("max_pool_forward", kernel, grid, block, 0, stream, static_cast<T*>(y), winners, static_cast<const T*>(x),
             g, C);
    });
  });
}

void max_pool_backward(Type type, void* dx, const void* dy, const std::uint8_t* winners, const PoolGeometry& g, int N,
                       int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_walk(N, g.H * g.W, C, [&](bool packed, dim3 grid, dim3 block) {
      const auto kernel = packed ? max_pool_backward_kernel<T, PACK> : max_pool_backward_kernel<T, 1>;
      launch("max_pool_backward", kernel, grid, block, 0, stream, static_cast<T*>(dx), static_cast<const T*>(dy),
             winners, g, C);
    });
  });
}
