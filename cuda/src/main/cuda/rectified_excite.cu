// Squeeze-and-excitation behind a norm and a ReLU, out = gate relu(a x + b) (as in SE-VGG): what lies between its passes.
// The ReLU keeps the squeeze from the moments, so it comes from counts as a selection's does: squeeze = (a Q + b K) / P;
// and d_gate = a F + b E.
//
// The passes over memory are those of a selection with one branch and the gate for its weight: batchnorm_moments,
// batchnorm_statistics, select_squeeze, here, select_forward; select_backward_sums, here, select_backward. counts and
// sums (N, 2, C), gate (N, C). Parameter gradients accumulate, all else is overwritten.
#include "excitation.cuh"
#include "select.cuh"

namespace {

KERNEL(TILE_THREADS)
rectified_excite_fuse_kernel(ExciteForward excite_, const float* __restrict__ counts,
                             Branches<const float*> statistics, int N, int P, int C) {
  squeeze_of(excite_.squeeze, counts, statistics, 1, N, P, C);
  GRID_BARRIER();
  excite(excite_, N, C);
}

KERNEL(TILE_THREADS)
rectified_excite_backward_statistics_kernel(NormBackward norm, ExciteBackward excite, const float* __restrict__ counts,
                                            int N, int P, int C) {
  const long long threads = static_cast<long long>(gridDim.x) * TILE_THREADS;
  const long long count = static_cast<long long>(N) * C;
  const int thread = threadIdx.y * blockDim.x + threadIdx.x;
  for (long long i = static_cast<long long>(blockIdx.x) * TILE_THREADS + thread; i < count; i += threads) {
    const int c = static_cast<int>(i % C);
    const float* sample = norm.sums + i / C * 2 * C + c;
    excite.d_gate[i] = norm.statistics[2 * C + c] * sample[C] + norm.statistics[3 * C + c] * sample[0];
  }
  GRID_BARRIER();
  excite_gradients(excite, N, C);
  GRID_BARRIER();
  const int tiles = (C + WARP - 1) / WARP;
  for (int t = blockIdx.x; t < tiles; t += gridDim.x) {
    rectified_gradients(norm, norm.sums, counts, 2, excite.gate, 1, excite.d_squeeze, t, N, P, C);
  }
}

}  // namespace

void rectified_excite_fuse(const ExciteForward& excite, const float* counts, const float* statistics, int N, int P,
                           int C, cudaStream_t stream) {
  const auto kernel = rectified_excite_fuse_kernel;
  const Branches<const float*> one = {{statistics}};
  launch_cooperative("rectified_excite_fuse", kernel, dim3(excite_blocks(kernel, N, C)), statistics_block(), stream,
                     excite, counts, one, N, P, C);
}

void rectified_excite_backward_statistics(const NormBackward& norm, const ExciteBackward& excite, const float* counts,
                                          int N, int P, int C, cudaStream_t stream) {
  const auto kernel = rectified_excite_backward_statistics_kernel;
  launch_cooperative("rectified_excite_backward_statistics", kernel, dim3(excite_blocks(kernel, N, C)),
                     statistics_block(), stream, norm, excite, counts, N, P, C);
}
