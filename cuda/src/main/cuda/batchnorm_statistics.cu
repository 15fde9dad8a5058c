// Batch norm between its forward passes: from the moments of each sample the batch's statistics, and with a
// squeeze-and-excitation also squeeze, hidden and gate; one launch, nothing as large as an activation.
//
// mean, inverse = 1 / sqrt(variance + epsilon), a = scale inverse, b = shift - a mean. The norm is linear, so the
// squeeze of its output is a mean(n, c) + b. Running statistics as PyTorch keeps them: momentum 0.1, variance unbiased.
#include "batchnorm_statistics.cuh"
#include "dispatch.cuh"
#include "excitation.cuh"
#include "excite_kernels.h"
#include "norm_kernels.h"

namespace {

KERNEL(TILE_THREADS)
batchnorm_statistics_kernel(NormForward norm, NormForward residual, ExciteForward excite_, int N, int P, int C) {
  const int tiles = (C + WARP - 1) / WARP;
  const int norms = residual.statistics == nullptr ? 1 : 2;
  for (int t = blockIdx.x; t < norms * tiles; t += gridDim.x) {
    __syncthreads();  // what the tile before left in shared memory has been read
    if (t < tiles) {
      statistics_of(norm, t, N, P, C, excite_.squeeze);
    } else {
      statistics_of(residual, t - tiles, N, P, C, nullptr);
    }
  }
  if (excite_.squeeze != nullptr) {
    GRID_BARRIER();
    excite(excite_, N, C);
  }
}

}  // namespace

void batchnorm_statistics(const NormForward& norm, const NormForward& residual, const ExciteForward& excite, int N,
                          int P, int C, cudaStream_t stream) {
  const char* name = "batchnorm_statistics";
  const dim3 block = statistics_block();
  const int tiles = (residual.statistics == nullptr ? 1 : 2) * ceil_div(C, WARP);
  if (excite.squeeze == nullptr) {
    launch(name, batchnorm_statistics_kernel, dim3(tiles), block, 0, stream, norm, residual, excite, N, P, C);
  } else {
    launch_cooperative(name, batchnorm_statistics_kernel, dim3(excite_blocks(batchnorm_statistics_kernel, N, C)), block,
                       stream, norm, residual, excite, N, P, C);
  }
}
