// Selective kernels, second pass forward: each branch's statistics from the moments of its samples, one launch.
//
// Moments (N, 2, C) of each branch; its statistics (4, C) are overwritten, its running statistics updated.
#include "dispatch.cuh"
#include "norm_kernels.h"
#include "select.cuh"
#include "select_kernels.h"

namespace {

KERNEL(TILE_THREADS)
select_statistics_kernel(Branches<NormForward> norms, int N, int P, int C) {
#pragma unroll
  for (int m = 0; m < MAX_BRANCHES; ++m) {
    if (m == static_cast<int>(blockIdx.y)) statistics_of(norms.of[m], blockIdx.x, N, P, C, nullptr);
  }
}

}  // namespace

void select_statistics(const Branches<NormForward>& norms, int M, int N, int P, int C, cudaStream_t stream) {
  require_branches(M);
  launch("select_statistics", select_statistics_kernel, dim3(ceil_div(C, WARP), M), statistics_block(), 0, stream,
         norms, N, P, C);
}
