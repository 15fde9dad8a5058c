// Selective kernels between squeeze and select: squeeze = 1 / P sum over m of (a_m Q_m + b_m K_m), then linear, hidden and
// weights (selection.cuh); one launch, nothing as large as an activation.
//
// counts (N, 2M, C) with K_m in row 2m and Q_m in row 2m + 1. Running statistics of the hidden norm are updated, all
// else that is written is overwritten.
#include "dispatch.cuh"
#include "select_kernels.h"
#include "selection.cuh"

namespace {

KERNEL(TILE_THREADS)
select_fuse_kernel(SelectForward select, const float* __restrict__ counts, Branches<const float*> statistics, int M,
                   int N, int P, int C) {
  squeeze_of(select.squeeze, counts, statistics, M, N, P, C);
  GRID_BARRIER();
  linear_of(select, N, C);
  GRID_BARRIER();
  hidden_of(select, N);
  GRID_BARRIER();
  weights_of(select, M, N, C);
}

}  // namespace

void select_fuse(const SelectForward& select, const float* counts, const Branches<const float*>& statistics, int M,
                 int N, int P, int C, cudaStream_t stream) {
  require_branches(M);
  launch_cooperative("select_fuse", select_fuse_kernel, dim3(selection_blocks(select_fuse_kernel, M, N, C)),
                     statistics_block(), stream, select, counts, statistics, M, N, P, C);
}
