// Batch norm between its backward passes: from the sums G of g and GX of g x per sample and channel, the gradients of
// scale, shift and the excitation, and the coefficients B and K of dx = A g + B x + K; one launch.
//
// d_gate = a GX + b G, through the excitation to d_squeeze. What reaches the norm is du = gate g + d_squeeze / P, so
// d_shift = sum over n of (gate G + d_squeeze), d_scale = inverse * sum of (gate (GX - mean G) + d_squeeze (mean(n) -
// mean)); B = -a inverse d_scale / (N P), K = -a d_shift / (N P) - B mean.
#include "batchnorm_statistics.cuh"
#include "dispatch.cuh"
#include "excitation.cuh"
#include "excite_kernels.h"
#include "norm_kernels.h"

namespace {

__device__ __forceinline__ void gradients_of(const NormBackward& norm, const float* gate, const float* d_squeeze,
                                             int tile, int N, int P, int C) {
  const int c = tile * WARP + threadIdx.x;
  const bool inside = c < C;
  float sum[2][1] = {};
  const float mean = inside ? norm.statistics[c] : 0.0f;
  if (inside) {
#pragma unroll 4
    for (int n = threadIdx.y; n < N; n += blockDim.y) {
      const float* sample = norm.sums + static_cast<long long>(n) * 2 * C + c;
      float g = sample[0];
      float centred = sample[C] - mean * g;
      if (gate != nullptr) {
        const float through = d_squeeze[n * C + c];
        g = gate[n * C + c] * g + through;
        centred = gate[n * C + c] * centred + through * (norm.moments[static_cast<long long>(n) * 2 * C + c] - mean);
      }
      sum[0][0] += g;
      sum[1][0] += centred;
    }
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && inside) write_gradients(norm, c, N, P, C, sum[0][0], sum[1][0]);
}

KERNEL(TILE_THREADS)
batchnorm_backward_statistics_kernel(NormBackward norm, NormBackward residual, ExciteBackward excite, int N, int P,
                                     int C) {
  if (excite.gate != nullptr) {
    const long long threads = static_cast<long long>(gridDim.x) * TILE_THREADS;
    const long long count = static_cast<long long>(N) * C;
    for (long long i = blockIdx.x * TILE_THREADS + threadIdx.y * WARP + threadIdx.x; i < count; i += threads) {
      const int c = static_cast<int>(i % C);
      const float* sample = norm.sums + i / C * 2 * C + c;
      excite.d_gate[i] = norm.statistics[2 * C + c] * sample[C] + norm.statistics[3 * C + c] * sample[0];
    }
    GRID_BARRIER();
    excite_gradients(excite, N, C);
    GRID_BARRIER();
  }
  const int tiles = (C + WARP - 1) / WARP;
  const int norms = residual.coefficients == nullptr ? 1 : 2;
  for (int t = blockIdx.x; t < norms * tiles; t += gridDim.x) {
    if (t < tiles) {
      gradients_of(norm, excite.gate, excite.d_squeeze, t, N, P, C);
    } else {
      gradients_of(residual, nullptr, nullptr, t - tiles, N, P, C);
    }
  }
}

}  // namespace

void batchnorm_backward_statistics(const NormBackward& norm, const NormBackward& residual, const ExciteBackward& excite,
                                   int N, int P, int C, cudaStream_t stream) {
  const char* name = "batchnorm_backward_statistics";
  const dim3 block = statistics_block();
  const int tiles = (residual.coefficients == nullptr ? 1 : 2) * ceil_div(C, WARP);
  const auto kernel = batchnorm_backward_statistics_kernel;
  if (excite.gate == nullptr) {
    launch(name, kernel, dim3(tiles), block, 0, stream, norm, residual, excite, N, P, C);
  } else {
    launch_cooperative(name, kernel, dim3(excite_blocks(kernel, N, C)), block, stream, norm, residual, excite, N, P, C);
  }
}
