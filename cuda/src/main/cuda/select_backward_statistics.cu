// Selective kernels between their backward passes: from the sums E and F of each sample, branch and channel every small
// gradient: of A, W and the hidden norm, of the squeeze, and of each branch's norm with the coefficients B and K of its
// dx (selection.cuh, select.cuh); one launch.
//
// sums and counts (N, 2M, C). Parameter gradients accumulate; d_squeeze (N, C) and coefficients (2, C) are overwritten.
#include "dispatch.cuh"
#include "norm_kernels.h"
#include "select_kernels.h"
#include "selection.cuh"

namespace {

KERNEL(TILE_THREADS)
select_backward_statistics_kernel(SelectBackward select, Branches<NormBackward> norms, const float* __restrict__ sums,
                                  const float* __restrict__ counts, int M, int N, int P, int C) {
  logit_gradients(select, norms, sums, M, N, C);
  GRID_BARRIER();
  selection_gradients(select, M, N, C);
  GRID_BARRIER();
  const int tiles = (C + WARP - 1) / WARP;
  for (int t = blockIdx.x; t < M * tiles; t += gridDim.x) {
#pragma unroll
    for (int m = 0; m < MAX_BRANCHES; ++m) {
      if (t / tiles == m) {
        rectified_gradients(norms.of[m], sums + 2 * m * C, counts + 2 * m * C, 2 * M, select.weights + m * C, M,
                            select.d_squeeze, t % tiles, N, P, C);
      }
    }
  }
}

}  // namespace

void select_backward_statistics(const SelectBackward& select, const Branches<NormBackward>& norms, const float* sums,
                                const float* counts, int M, int N, int P, int C, cudaStream_t stream) {
  require_branches(M);
  const auto kernel = select_backward_statistics_kernel;
  launch_cooperative("select_backward_statistics", kernel, dim3(selection_blocks(kernel, M, N, C)), statistics_block(),
                     stream, select, norms, sums, counts, M, N, P, C);
}
