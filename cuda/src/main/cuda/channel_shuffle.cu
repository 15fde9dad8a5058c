// Channel k G + g of y is channel g (C / G) + k of x, for G groups: what each group made reaches every group of the next
// layer (Zhang et al., 2018). C / G groups turn it back.
//
// x, y (M, C). A thread gathers neighbouring channels of y.
#include "channel_kernels.h"
#include "channel_tile.cuh"
#include "dispatch.cuh"

namespace {

constexpr int POSITIONS = 4;

template <class T, int V>
KERNEL(TILE_THREADS)
channel_shuffle_kernel(T* __restrict__ y, const T* __restrict__ x, int groups, long long M, int C) {
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  if (c >= C) return;
  int source[V];
#pragma unroll
  for (int i = 0; i < V; ++i) source[i] = (c + i) % groups * (C / groups) + (c + i) / groups;
  const long long first = static_cast<long long>(blockIdx.x) * blockDim.y * POSITIONS + threadIdx.y;
#pragma unroll
  for (int step = 0; step < POSITIONS; ++step) {
    const long long m = first + step * static_cast<int>(blockDim.y);
    if (m >= M) break;
    Values<V> value;
#pragma unroll
    for (int i = 0; i < V; ++i) value.v[i] = to_float(x[m * C + source[i]]);
    store_values<V>(y + m * C + c, value);
  }
}

template <class T, int V>
void run(T* y, const T* x, int groups, long long M, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("channel_shuffle", channel_shuffle_kernel<T, V>, dim3(ceil_div(M, tile.rows() * POSITIONS), tile.tiles(C, V)),
         tile.block(), 0, stream, y, x, groups, M, C);
}

}  // namespace

void channel_shuffle(Type type, void* y, const void* x, int groups, long long M, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = C % PACK == 0 ? run<T, PACK> : run<T, 1>;
    pass(static_cast<T*>(y), static_cast<const T*>(x), groups, M, C, stream);
  });
}
