// What lies between the passes of a batch norm, for the blocks of a grid: from moments of samples the batch's statistics,
// from summed gradients the parameters' gradients and the coefficients of dx.
#pragma once

#include "channel_tile.cuh"
#include "norm_kernels.h"

// How the tile of a (32, 8) block takes channels: neighbouring threads neighbouring channels, `rows` the samples.
inline dim3 statistics_block() { return dim3(WARP, TILE_THREADS / WARP); }

// mean, inverse = 1 / sqrt(variance + epsilon), a = scale inverse, b = shift - a mean of one channel. Running statistics
// as PyTorch keeps them: momentum 0.1, variance unbiased.
__device__ __forceinline__ void write_statistics(const NormForward& norm, int c, int C, float mean, float squares,
                                                 float count) {
  const float inverse = 1 / sqrtf(squares / count + NORM_EPSILON);
  const float a = norm.scale[c] * inverse;
  norm.statistics[c] = mean;
  norm.statistics[C + c] = inverse;
  norm.statistics[2 * C + c] = a;
  norm.statistics[3 * C + c] = norm.shift[c] - a * mean;
  norm.running_mean[c] = (1 - NORM_MOMENTUM) * norm.running_mean[c] + NORM_MOMENTUM * mean;
  const float unbiased = squares / fmaxf(1.0f, count - 1);
  norm.running_variance[c] = (1 - NORM_MOMENTUM) * norm.running_variance[c] + NORM_MOMENTUM * unbiased;
}

// Statistics of 32 channels by one block; `rows` threads share the samples of each. With a squeeze also squeeze(n, c) =
// a (mean(n) - mean) + shift.
__device__ __forceinline__ void statistics_of(const NormForward& norm, int tile, int N, int P, int C, float* squeeze) {
  SHARED(float, mean_of, WARP);
  SHARED(float, slope_of, WARP);
  SHARED(float, offset_of, WARP);
  const int c = tile * WARP + threadIdx.x;
  const bool inside = c < C;
  // Few numbers, read twice: squares of deviations from any other number than the mean would cancel.
  float sum[1][1] = {};
  const float first = inside ? norm.moments[c] : 0.0f;
  if (inside) {
#pragma unroll 4
    for (int n = threadIdx.y; n < N; n += blockDim.y) {
      sum[0][0] += norm.moments[static_cast<long long>(n) * 2 * C + c] - first;
    }
  }
  sum_rows(sum);
  if (threadIdx.y == 0) mean_of[threadIdx.x] = first + sum[0][0] / N;
  __syncthreads();
  const float mean = mean_of[threadIdx.x];
  float squares[1][1] = {};
  if (inside) {
#pragma unroll 4
    for (int n = threadIdx.y; n < N; n += blockDim.y) {
      const float* sample = norm.moments + static_cast<long long>(n) * 2 * C + c;
      const float deviation = sample[0] - mean;
      squares[0][0] += sample[C] + P * (deviation * deviation);
    }
  }
  sum_rows(squares);
  if (threadIdx.y == 0 && inside) {
    write_statistics(norm, c, C, mean, squares[0][0], static_cast<float>(N) * static_cast<float>(P));
    slope_of[threadIdx.x] = norm.statistics[2 * C + c];
    offset_of[threadIdx.x] = norm.shift[c];
  }
  __syncthreads();
  if (squeeze != nullptr && inside) {
#pragma unroll 4
    for (int n = threadIdx.y; n < N; n += blockDim.y) {
      const float deviation = norm.moments[static_cast<long long>(n) * 2 * C + c] - mean;
      squeeze[n * C + c] = slope_of[threadIdx.x] * deviation + offset_of[threadIdx.x];
    }
  }
}

// Adds one channel's d_shift = sum of du and d_scale = inverse * sum of du (x - mean), where du is what reaches the norm,
// and writes B = -a inverse d_scale / (N P) and K = -a d_shift / (N P) - B mean of dx = a du + B x + K.
__device__ __forceinline__ void write_gradients(const NormBackward& norm, int c, int N, int P, int C, float d_shift,
                                                float centred) {
  const float count = static_cast<float>(N) * static_cast<float>(P);
  const float inverse = norm.statistics[C + c];
  const float a = norm.statistics[2 * C + c];
  const float d_scale = inverse * centred;
  norm.d_shift[c] += d_shift;
  norm.d_scale[c] += d_scale;
  const float slope = -a * inverse * d_scale / count;
  norm.coefficients[c] = slope;
  norm.coefficients[C + c] = -a * d_shift / count - slope * norm.statistics[c];
}
