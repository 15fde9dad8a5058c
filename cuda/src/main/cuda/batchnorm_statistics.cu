// Batch norm between its forward passes: from the moments of each sample the batch's statistics, and with a
// squeeze-and-excitation also squeeze, hidden and gate; one launch, nothing as large as an activation.
//
// mean, inverse = 1 / sqrt(variance + epsilon), a = scale inverse, b = shift - a mean. The norm is linear, so the
// squeeze of its output is a mean(n, c) + b. Running statistics as PyTorch keeps them: momentum 0.1, variance unbiased.
#include "excitation.cuh"

namespace {

constexpr float EPSILON = 1e-5f;
constexpr float MOMENTUM = 0.1f;

// One block for 32 channels; `rows` threads share the samples of each.
__device__ __forceinline__ void statistics_of(const NormForward& norm, int tile, int N, int P, int C, float* squeeze) {
  SHARED(float, mean_of, WARP);
  SHARED(float, slope_of, WARP);
  SHARED(float, offset_of, WARP);
  const int c = tile * WARP + threadIdx.x;
  const bool inside = c < C;
  // Sums of (mean - first), of its square, of squared deviations within samples.
  float sum[3][1] = {};
  const float first = inside ? norm.moments[c] : 0.0f;
  if (inside) {
#pragma unroll 4
    for (int n = threadIdx.y; n < N; n += blockDim.y) {
      const float* sample = norm.moments + static_cast<long long>(n) * 2 * C + c;
      const float deviation = sample[0] - first;
      sum[0][0] += deviation;
      sum[1][0] += deviation * deviation;
      sum[2][0] += sample[C];
    }
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && inside) {
    const float count = static_cast<float>(N) * static_cast<float>(P);
    const float mean = first + sum[0][0] / N;
    const float between = fmaxf(sum[1][0] - sum[0][0] * sum[0][0] / N, 0.0f);
    const float squares = sum[2][0] + P * between;
    const float inverse = 1 / sqrtf(squares / count + EPSILON);
    const float a = norm.scale[c] * inverse;
    const float b = norm.shift[c] - a * mean;
    norm.statistics[c] = mean;
    norm.statistics[C + c] = inverse;
    norm.statistics[2 * C + c] = a;
    norm.statistics[3 * C + c] = b;
    norm.running_mean[c] = (1 - MOMENTUM) * norm.running_mean[c] + MOMENTUM * mean;
    const float unbiased = squares / fmaxf(1.0f, count - 1);
    norm.running_variance[c] = (1 - MOMENTUM) * norm.running_variance[c] + MOMENTUM * unbiased;
    mean_of[threadIdx.x] = mean;
    slope_of[threadIdx.x] = a;
    offset_of[threadIdx.x] = norm.shift[c];
  }
  __syncthreads();
  if (squeeze != nullptr && inside) {
#pragma unroll 4
    for (int n = threadIdx.y; n < N; n += blockDim.y) {
      const float mean = norm.moments[static_cast<long long>(n) * 2 * C + c];
      squeeze[n * C + c] = slope_of[threadIdx.x] * (mean - mean_of[threadIdx.x]) + offset_of[threadIdx.x];
    }
  }
}

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
  const dim3 block(WARP, TILE_THREADS / WARP);
  const int tiles = (residual.statistics == nullptr ? 1 : 2) * ceil_div(C, WARP);
  if (excite.squeeze == nullptr) {
    launch(name, batchnorm_statistics_kernel, dim3(tiles), block, 0, stream, norm, residual, excite, N, P, C);
  } else {
    launch_cooperative(name, batchnorm_statistics_kernel, dim3(excite_blocks(batchnorm_statistics_kernel, N, C)), block,
                       stream, norm, residual, excite, N, P, C);
  }
}
