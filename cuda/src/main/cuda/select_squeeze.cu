// Selective kernels, third pass forward: with M_m = [a_m x_m + b_m > 0], per sample, branch and channel the number K of
// positions that M_m lets through and the sum Q of x_m there.
//
// x_m (N, P, C); statistics (4, C) of each branch with a and b in rows 2 and 3; counts (N, 2M, C), K_m in row 2m and Q_m in
// row 2m + 1. One read of each x_m.
#include "dispatch.cuh"
#include "select.cuh"
#include "select_kernels.h"

namespace {

template <class T, int V>
KERNEL(TILE_THREADS)
select_squeeze_kernel(float* __restrict__ counts, Branches<const T*> xs, Branches<const float*> statistics, int P,
                      int C) {
  const int n = blockIdx.x;
  const int m = blockIdx.z;
  const int M = gridDim.z;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  float sum[2][V] = {};
  if (c < C) {
    const T* x = of_branch(xs, m) + (static_cast<long long>(n) * P + threadIdx.y) * C + c;
    const float* row = of_branch(statistics, m) + c;
    const Values<V> a = load_values<V>(row + 2 * C);
    const Values<V> b = load_values<V>(row + 3 * C);
    const int steps = steps_between(threadIdx.y, P, blockDim.y);
    const long long stride = static_cast<long long>(blockDim.y) * C;
#pragma unroll 4
    for (int step = 0; step < steps; ++step) {
      const Values<V> value = load_values<V>(x + step * stride);
#pragma unroll
      for (int i = 0; i < V; ++i) {
        const bool through = passes(normed(a.v[i], value.v[i], b.v[i]));
        sum[0][i] += through ? 1.0f : 0.0f;
        sum[1][i] += through ? value.v[i] : 0.0f;
      }
    }
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && c < C) {
    float* out = counts + (static_cast<long long>(n) * 2 * M + 2 * m) * C + c;
    store_row(out, sum[0]);
    store_row(out + C, sum[1]);
  }
}

template <class T, int V>
void run(float* counts, const Branches<const T*>& xs, const Branches<const float*>& statistics, int M, int N, int P,
         int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("select_squeeze", select_squeeze_kernel<T, V>, dim3(N, tile.tiles(C, V), M), tile.block(), 0, stream, counts,
         xs, statistics, P, C);
}

}  // namespace

void select_squeeze(Type type, float* counts, const Branches<const void*>& xs, const Branches<const float*>& statistics,
                    int M, int N, int P, int C, cudaStream_t stream) {
  require_branches(M);
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = C % PACK == 0 ? run<T, PACK> : run<T, 1>;
    pass(counts, typed<const T*>(xs), statistics, M, N, P, C, stream);
  });
}
