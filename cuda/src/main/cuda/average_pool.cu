// Mean of each window, over its taps on the input or over all of them where padding counts. Backward gathers: each input
// adds up its shares of the windows that cover it.
//
// x, dx (N, H, W, C); y, dy (N, P, Q, C). Backward overwrites dx.
#include "dispatch.cuh"
#include "pool.cuh"
#include "pool_kernels.h"

namespace {

__device__ __forceinline__ float share(const PoolGeometry& g, const Range& rows, const Range& columns) {
  const int counted = g.count_padding ? g.kernel * g.kernel : (rows.to - rows.from) * (columns.to - columns.from);
  return 1 / static_cast<float>(counted);
}

template <class T, int V>
KERNEL(TILE_THREADS)
average_pool_forward_kernel(T* __restrict__ y, const T* __restrict__ x, PoolGeometry g, int C) {
  const Walk w = walk<V>(g.P * g.Q);
  if (w.c >= C) return;
  for (int p = w.p; p < w.end; p += w.step) {
    const int top = p / g.Q * g.stride - g.padding;
    const int left = p % g.Q * g.stride - g.padding;
    const Range rows = taps(g, p / g.Q, g.H);
    const Range columns = taps(g, p % g.Q, g.W);
    Values<V> sum = {};
    for (int r = rows.from; r < rows.to; ++r) {
#pragma unroll 4
      for (int s = columns.from; s < columns.to; ++s) {
        const long long at = ((static_cast<long long>(w.n) * g.H + top + r) * g.W + left + s) * C + w.c;
        const Values<V> value = load_values<V>(x + at);
#pragma unroll
        for (int i = 0; i < V; ++i) sum.v[i] += value.v[i];
      }
    }
    const float factor = share(g, rows, columns);
#pragma unroll
    for (int i = 0; i < V; ++i) sum.v[i] *= factor;
    store_values<V>(y + (static_cast<long long>(w.n) * g.P * g.Q + p) * C + w.c, sum);
  }
}

template <class T, int V>
KERNEL(TILE_THREADS)
average_pool_backward_kernel(T* __restrict__ dx, const T* __restrict__ dy, PoolGeometry g, int C) {
  const Walk w = walk<V>(g.H * g.W);
  if (w.c >= C) return;
  for (int p = w.p; p < w.end; p += w.step) {
    const Range rows = windows(g, p / g.W, g.P);
    const Range columns = windows(g, p % g.W, g.Q);
    Values<V> sum = {};
    for (int r = rows.from; r < rows.to; ++r) {
#pragma unroll 4
      for (int s = columns.from; s < columns.to; ++s) {
        const float factor = share(g, taps(g, r, g.H), taps(g, s, g.W));
        const long long at = ((static_cast<long long>(w.n) * g.P + r) * g.Q + s) * C + w.c;
        const Values<V> gradient = load_values<V>(dy + at);
#pragma unroll
        for (int i = 0; i < V; ++i) sum.v[i] += factor * gradient.v[i];
      }
    }
    store_values<V>(dx + (static_cast<long long>(w.n) * g.H * g.W + p) * C + w.c, sum);
  }
}

}  // namespace

void average_pool_forward(Type type, void* y, const void* x, const PoolGeometry& g, int N, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_walk(N, g.P * g.Q, C, [&](bool packed, dim3 grid, dim3 block) {
      const auto kernel = packed ? average_pool_forward_kernel<T, PACK> : average_pool_forward_kernel<T, 1>;
      launch("average_pool_forward", kernel, grid, block, 0, stream, static_cast<T*>(y), static_cast<const T*>(x), g,
             C);
    });
  });
}

void average_pool_backward(Type type, void* dx, const void* dy, const PoolGeometry& g, int N, int C,
                           cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_walk(N, g.H * g.W, C, [&](bool packed, dim3 grid, dim3 block) {
      const auto kernel = packed ? average_pool_backward_kernel<T, PACK> : average_pool_backward_kernel<T, 1>;
      launch("average_pool_backward", kernel, grid, block, 0, stream, static_cast<T*>(dx), static_cast<const T*>(dy), g,
             C);
    });
  });
}
