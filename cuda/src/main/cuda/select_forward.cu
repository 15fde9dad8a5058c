// Selective kernels, last pass forward: out = sum over m of weights_m relu(a_m x_m + b_m).
//
// x_m and out (N, P, C); statistics (4, C) of each branch with a and b in rows 2 and 3; weights (N, M, C), of any sign. One
// read of each x_m, one write.
#include "dispatch.cuh"
#include "select.cuh"
#include "select_kernels.h"

namespace {

template <class T, int V, int M>
KERNEL(TILE_THREADS)
select_forward_kernel(T* __restrict__ out, Branches<const T*> xs, Branches<const float*> statistics,
                      const float* __restrict__ weights, int steps, int P, int C) {
  const int n = blockIdx.x;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  if (c >= C) return;
  Values<V> a[M];
  Values<V> b[M];
  Values<V> weight[M];
#pragma unroll
  for (int m = 0; m < M; ++m) {
    a[m] = load_values<V>(statistics.of[m] + 2 * C + c);
    b[m] = load_values<V>(statistics.of[m] + 3 * C + c);
    weight[m] = load_values<V>(weights + (static_cast<long long>(n) * M + m) * C + c);
  }
  const int first = blockIdx.z * blockDim.y * steps + threadIdx.y;
  const int last = min(P, static_cast<int>((blockIdx.z + 1) * blockDim.y * steps));
  const int own_steps = steps_between(first, last, blockDim.y);
  const long long start = (static_cast<long long>(n) * P + first) * C + c;
  const long long stride = static_cast<long long>(blockDim.y) * C;
#pragma unroll 2
  for (int step = 0; step < own_steps; ++step) {
    const long long at = start + step * stride;
    Values<V> x[M];
#pragma unroll
    for (int m = 0; m < M; ++m) x[m] = load_values<V>(xs.of[m] + at);
    Values<V> sum = {};
#pragma unroll
    for (int m = 0; m < M; ++m) {
#pragma unroll
      for (int i = 0; i < V; ++i) {
        const float v = normed(a[m].v[i], x[m].v[i], b[m].v[i]);
        sum.v[i] += weight[m].v[i] * (passes(v) ? v : 0.0f);
      }
    }
    store_values<V>(out + at, sum);
  }
}

template <class T, int V, int M>
void run(T* out, const Branches<const T*>& xs, const Branches<const float*>& statistics, const float* weights, int N,
         int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  const int tiles = tile.tiles(C, V);
  const Pieces pieces = Pieces::of(N, tiles, P, tile.rows());
  launch("select_forward", select_forward_kernel<T, V, M>, dim3(N, tiles, pieces.count), tile.block(), 0, stream, out,
         xs, statistics, weights, pieces.steps, P, C);
}

}  // namespace

void select_forward(Type type, void* out, const Branches<const void*>& xs, const Branches<const float*>& statistics,
                    const float* weights, int M, int N, int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    dispatch_branches(M, [&](auto branches) {
      constexpr int m = decltype(branches)::value;
      const auto pass = C % PACK == 0 ? run<T, PACK, m> : run<T, 1, m>;
      pass(static_cast<T*>(out), typed<const T*>(xs), statistics, weights, N, P, C, stream);
    });
  });
}
