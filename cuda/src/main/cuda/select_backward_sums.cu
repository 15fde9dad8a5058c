// Selective kernels, first backward pass: with M_m = [a_m x_m + b_m > 0], per sample, branch and channel the sums over
// space E of M_m d_out and F of M_m d_out x_m.
//
// d_out and x_m (N, P, C); statistics (4, C) of each branch with a and b in rows 2 and 3; sums (N, 2M, C), E_m in row 2m
// and F_m in row 2m + 1. One read of each.
#include "dispatch.cuh"
#include "select.cuh"
#include "select_kernels.h"

namespace {

template <class T, int V, int M>
KERNEL(TILE_THREADS)
select_backward_sums_kernel(float* __restrict__ sums, const T* __restrict__ d_out, Branches<const T*> xs,
                            Branches<const float*> statistics, int P, int C) {
  const int n = blockIdx.x;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  float sum[M][2][V] = {};
  if (c < C) {
    Values<V> a[M];
    Values<V> b[M];
#pragma unroll
    for (int m = 0; m < M; ++m) {
      a[m] = load_values<V>(statistics.of[m] + 2 * C + c);
      b[m] = load_values<V>(statistics.of[m] + 3 * C + c);
    }
    const int steps = steps_between(threadIdx.y, P, blockDim.y);
    const long long start = (static_cast<long long>(n) * P + threadIdx.y) * C + c;
    const long long stride = static_cast<long long>(blockDim.y) * C;
#pragma unroll 2
    for (int step = 0; step < steps; ++step) {
      const long long at = start + step * stride;
      const Values<V> g = load_values<V>(d_out + at);
#pragma unroll
      for (int m = 0; m < M; ++m) {
        const Values<V> x = load_values<V>(xs.of[m] + at);
#pragma unroll
        for (int i = 0; i < V; ++i) {
          const float through = passes(normed(a[m].v[i], x.v[i], b[m].v[i])) ? g.v[i] : 0.0f;
          sum[m][0][i] += through;
          sum[m][1][i] += through * x.v[i];
        }
      }
    }
  }
#pragma unroll
  for (int m = 0; m < M; ++m) sum_rows(sum[m]);
  if (threadIdx.y == 0 && c < C) {
    float* out = sums + static_cast<long long>(n) * 2 * M * C + c;
#pragma unroll
    for (int row = 0; row < 2 * M; ++row) store_row(out + row * C, sum[row / 2][row % 2]);
  }
}

template <class T, int V, int M>
void run(float* sums, const T* d_out, const Branches<const T*>& xs, const Branches<const float*>& statistics, int N,
         int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("select_backward_sums", select_backward_sums_kernel<T, V, M>, dim3(N, tile.tiles(C, V)), tile.block(), 0,
         stream, sums, d_out, xs, statistics, P, C);
}

}  // namespace

void select_backward_sums(Type type, float* sums, const void* d_out, const Branches<const void*>& xs,
                          const Branches<const float*>& statistics, int M, int N, int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    dispatch_branches(M, [&](auto branches) {
      constexpr int m = decltype(branches)::value;
      const auto pass = C % PACK == 0 ? run<T, PACK, m> : run<T, 1, m>;
      pass(sums, static_cast<const T*>(d_out), typed<const T*>(xs), statistics, N, P, C, stream);
    });
  });
}
