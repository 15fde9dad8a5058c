// Selective kernels, inference, first pass: squeeze = mean over space of sum over m of x_m, then linear, hidden with the
// norm's running statistics, and weights (selection.cuh).
//
// x_m (N, P, C), behind its norm and ReLU. One read of each, then one launch for the small layers.
#include "dispatch.cuh"
#include "norm_kernels.h"
#include "select_kernels.h"
#include "selection.cuh"

namespace {

template <class T, int V>
KERNEL(TILE_THREADS)
select_mean_kernel(float* __restrict__ squeeze, Branches<const T*> xs, int M, int P, int C) {
  const int n = blockIdx.x;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  const int steps = steps_between(threadIdx.y, P, blockDim.y);
  const long long stride = static_cast<long long>(blockDim.y) * C;
  float sum[1][V] = {};
#pragma unroll
  for (int m = 0; m < MAX_BRANCHES; ++m) {
    if (m < M && c < C) {
      const T* x = xs.of[m] + (static_cast<long long>(n) * P + threadIdx.y) * C + c;
#pragma unroll 4
      for (int step = 0; step < steps; ++step) {
        const Values<V> value = load_values<V>(x + step * stride);
#pragma unroll
        for (int i = 0; i < V; ++i) sum[0][i] += value.v[i];
      }
    }
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && c < C) {
#pragma unroll
    for (int i = 0; i < V; ++i) sum[0][i] /= P;
    store_row(squeeze + static_cast<long long>(n) * C + c, sum[0]);
  }
}

KERNEL(TILE_THREADS)
select_fuse_inference_kernel(SelectForward select, int M, int N, int C) {
  const NormForward& norm = select.norm;
  const int D = select.D;
  matmul<Fast::K, Fast::K>(
      N, D, C, [&](int n, int c) { return select.squeeze[n * C + c]; },
      [&](int d, int c) { return select.squeeze_weight[d * C + c]; },
      [&](int n, int d, float sum) {
        const float a = norm.scale[d] / sqrtf(norm.running_variance[d] + NORM_EPSILON);
        const float v = a * (sum - norm.running_mean[d]) + norm.shift[d];
        select.linear[n * D + d] = sum;
        select.hidden[n * D + d] = passes(v) ? v : 0.0f;
      });
  GRID_BARRIER();
  weights_of(select, M, N, C);
}

template <class T, int V>
void mean(float* squeeze, const Branches<const T*>& xs, int M, int N, int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("select_mean", select_mean_kernel<T, V>, dim3(N, tile.tiles(C, V)), tile.block(), 0, stream, squeeze, xs, M, P,
         C);
}

}  // namespace

void select_fuse_inference(Type type, const SelectForward& select, const Branches<const void*>& xs, int M, int N, int P,
                           int C, cudaStream_t stream) {
  require_branches(M);
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = C % PACK == 0 ? mean<T, PACK> : mean<T, 1>;
    pass(select.squeeze, typed<const T*>(xs), M, N, P, C, stream);
  });
  const auto kernel = select_fuse_inference_kernel;
  launch_cooperative("select_fuse_inference", kernel, dim3(selection_blocks(kernel, M, N, C)), statistics_block(),
                     stream, select, M, N, C);
}
