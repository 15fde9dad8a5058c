// y(n, c) = mean of x over positions; backward dx(n, p, c) = dy(n, c) / P.
//
// x, dx (N, P, C); y, dy (N, C). One read, or one write, of what is large.
#include "dispatch.cuh"
#include "pool_kernels.h"
#include "positions.cuh"

namespace {

template <class T, int V>
KERNEL(TILE_THREADS)
global_average_pool_forward_kernel(T* __restrict__ y, const T* __restrict__ x, float share, int P, int C) {
  const int n = blockIdx.x;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  float sum[1][V] = {};
  if (c < C) {
#pragma unroll 8
    for (int p = threadIdx.y; p < P; p += blockDim.y) {
      const Values<V> value = load_values<V>(x + (static_cast<long long>(n) * P + p) * C + c);
#pragma unroll
      for (int i = 0; i < V; ++i) sum[0][i] += value.v[i];
    }
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && c < C) {
    Values<V> mean;
#pragma unroll
    for (int i = 0; i < V; ++i) mean.v[i] = share * sum[0][i];
    store_values<V>(y + static_cast<long long>(n) * C + c, mean);
  }
}

template <class T, int V>
KERNEL(TILE_THREADS)
global_average_pool_backward_kernel(T* __restrict__ dx, const T* __restrict__ dy, float share, int P, int C) {
  const Walk w = walk<V>(P);
  if (w.c >= C) return;
  Values<V> gradient = load_values<V>(dy + static_cast<long long>(w.n) * C + w.c);
#pragma unroll
  for (int i = 0; i < V; ++i) gradient.v[i] *= share;
#pragma unroll 4
  for (int p = w.p; p < w.end; p += w.step) {
    store_values<V>(dx + (static_cast<long long>(w.n) * P + p) * C + w.c, gradient);
  }
}

template <class T, int V>
void forward(T* y, const T* x, int N, int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("global_average_pool_forward", global_average_pool_forward_kernel<T, V>, dim3(N, tile.tiles(C, V)),
         tile.block(), 0, stream, y, x, 1.0f / P, P, C);
}

template <class T, int V>
void backward(T* dx, const T* dy, int N, int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("global_average_pool_backward", global_average_pool_backward_kernel<T, V>, walk_grid(tile, V, N, P, C),
         tile.block(), 0, stream, dx, dy, 1.0f / P, P, C);
}

}  // namespace

void global_average_pool_forward(Type type, void* y, const void* x, int N, int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = C % PACK == 0 ? forward<T, PACK> : forward<T, 1>;
    pass(static_cast<T*>(y), static_cast<const T*>(x), N, P, C, stream);
  });
}

void global_average_pool_backward(Type type, void* dx, const void* dy, int N, int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = C % PACK == 0 ? backward<T, PACK> : backward<T, 1>;
    pass(static_cast<T*>(dx), static_cast<const T*>(dy), N, P, C, stream);
  });
}
