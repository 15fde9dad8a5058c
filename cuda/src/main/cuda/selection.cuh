// The small layers of a selective kernel between squeeze and select (Li et al., 2019, equations 4 and 5) by all blocks of a
// grid, and their gradients. linear = W squeeze, hidden = relu(norm(linear)), weights = softmax over m of A_m hidden;
// W (D, C), A (M C, D). Blocks are those of statistics_block().
#pragma once

#include "matmul.cuh"
#include "norm_kernels.h"
#include "select.cuh"
#include "select_kernels.h"

// To be called when all of squeeze is written and the grid has met.
__device__ __forceinline__ void linear_of(const SelectForward& s, int N, int C) {
  const int D = s.D;
  matmul<Fast::K, Fast::K>(
      N, D, C, [&](int n, int c) { return s.squeeze[n * C + c]; },
      [&](int d, int c) { return s.squeeze_weight[d * C + c]; },
      [&](int n, int d, float sum) { s.linear[n * D + d] = sum; });
}

// The norm over the batch of all of linear: few values, which may lie near each other, so deviations are taken from the
// mean itself, and hidden = relu(a (linear - mean) + shift).
__device__ __forceinline__ void hidden_of(const SelectForward& s, int N) {
  SHARED(float, mean_of, WARP);
  SHARED(float, slope_of, WARP);
  const int D = s.D;
  for (int tile = blockIdx.x; tile * WARP < D; tile += gridDim.x) {
    const int d = tile * WARP + threadIdx.x;
    const bool inside = d < D;
    const float first = inside ? s.linear[d] : 0.0f;
    float sum[1][1] = {};
    for (int n = threadIdx.y; n < N && inside; n += blockDim.y) sum[0][0] += s.linear[n * D + d] - first;
    sum_rows(sum);
    if (threadIdx.y == 0) mean_of[threadIdx.x] = first + sum[0][0] / N;
    __syncthreads();
    const float mean = mean_of[threadIdx.x];
    float squares[1][1] = {};
    for (int n = threadIdx.y; n < N && inside; n += blockDim.y) {
      const float deviation = s.linear[n * D + d] - mean;
      squares[0][0] += deviation * deviation;
    }
    sum_rows(squares);
    if (threadIdx.y == 0 && inside) {
      write_statistics(s.norm, d, D, mean, squares[0][0], static_cast<float>(N));
      slope_of[threadIdx.x] = s.norm.statistics[2 * D + d];
    }
    __syncthreads();
    for (int n = threadIdx.y; n < N && inside; n += blockDim.y) {
      const float v = slope_of[threadIdx.x] * (s.linear[n * D + d] - mean) + s.norm.shift[d];
      s.hidden[n * D + d] = passes(v) ? v : 0.0f;
    }
  }
}

// To be called when all of hidden is written and the grid has met.
__device__ __forceinline__ void weights_of(const SelectForward& s, int M, int N, int C) {
  const int D = s.D;
  matmul<Fast::K, Fast::K>(
      N, M * C, D, [&](int n, int d) { return s.hidden[n * D + d]; },
      [&](int j, int d) { return s.select_weight[j * D + d]; },
      [&](int n, int j, float sum) { s.weights[n * M * C + j] = sum; });
  GRID_BARRIER();
  const long long threads = static_cast<long long>(gridDim.x) * TILE_THREADS;
  const long long count = static_cast<long long>(N) * C;
  const int thread = threadIdx.y * blockDim.x + threadIdx.x;
  for (long long i = static_cast<long long>(blockIdx.x) * TILE_THREADS + thread; i < count; i += threads) {
    float* weights = s.weights + i / C * M * C + i % C;
    float value[MAX_BRANCHES];
    float largest = weights[0];
#pragma unroll
    for (int m = 0; m < MAX_BRANCHES; ++m) {
      value[m] = m < M ? weights[m * C] : 0.0f;
      if (m < M) largest = fmaxf(largest, value[m]);
    }
    float total = 0;
#pragma unroll
    for (int m = 0; m < MAX_BRANCHES; ++m) {
      value[m] = m < M ? expf(value[m] - largest) : 0.0f;
      total += value[m];
    }
#pragma unroll
    for (int m = 0; m < MAX_BRANCHES; ++m) {
      if (m < M) weights[m * C] = value[m] / total;
    }
  }
}

// With D_m = a_m F_m + b_m E_m, the gradient of weights_m: d_logits_m = weights_m (D_m - sum over k of weights_k D_k).
__device__ __forceinline__ void logit_gradients(const SelectBackward& s, const Branches<NormBackward>& norms,
                                                const float* sums, int M, int N, int C) {
  const long long threads = static_cast<long long>(gridDim.x) * TILE_THREADS;
  const long long count = static_cast<long long>(N) * C;
  const int thread = threadIdx.y * blockDim.x + threadIdx.x;
  for (long long i = static_cast<long long>(blockIdx.x) * TILE_THREADS + thread; i < count; i += threads) {
    const int c = static_cast<int>(i % C);
    const float* row = sums + i / C * 2 * M * C + c;
    const long long at = i / C * M * C + c;
    float gradient[MAX_BRANCHES];
    float mean = 0;
#pragma unroll
    for (int m = 0; m < MAX_BRANCHES; ++m) {
      if (m < M) {
        const float* statistics = norms.of[m].statistics;
        gradient[m] = statistics[2 * C + c] * row[(2 * m + 1) * C] + statistics[3 * C + c] * row[2 * m * C];
        mean += s.weights[at + m * C] * gradient[m];
      }
    }
#pragma unroll
    for (int m = 0; m < MAX_BRANCHES; ++m) {
      if (m < M) s.d_logits[at + m * C] = s.weights[at + m * C] * (gradient[m] - mean);
    }
  }
}

// Through the hidden units' norm, in place of d_hidden, when all of it is written and the grid has met: gradients of its
// scale and shift, and of linear: a (d - d_shift / N - normalised d_scale / N).
__device__ __forceinline__ void hidden_gradients(const SelectBackward& s, int N) {
  SHARED(float, shift_of, WARP);
  SHARED(float, scale_of, WARP);
  const int D = s.D;
  for (int tile = blockIdx.x; tile * WARP < D; tile += gridDim.x) {
    const int d = tile * WARP + threadIdx.x;
    const bool inside = d < D;
    const float mean = inside ? s.statistics[d] : 0.0f;
    const float inverse = inside ? s.statistics[D + d] : 0.0f;
    float sum[2][1] = {};
    for (int n = threadIdx.y; n < N && inside; n += blockDim.y) {
      sum[0][0] += s.d_hidden[n * D + d];
      sum[1][0] += s.d_hidden[n * D + d] * ((s.linear[n * D + d] - mean) * inverse);
    }
    sum_rows(sum);
    if (threadIdx.y == 0 && inside) {
      s.d_shift[d] += sum[0][0];
      s.d_scale[d] += sum[1][0];
      shift_of[threadIdx.x] = sum[0][0] / N;
      scale_of[threadIdx.x] = sum[1][0] / N;
    }
    __syncthreads();
    for (int n = threadIdx.y; n < N && inside; n += blockDim.y) {
      const float normalised = (s.linear[n * D + d] - mean) * inverse;
      const float centred = s.d_hidden[n * D + d] - shift_of[threadIdx.x];
      s.d_hidden[n * D + d] = s.statistics[2 * D + d] * (centred - normalised * scale_of[threadIdx.x]);
    }
  }
}

// All gradients of the small layers, when all of d_logits is written and the grid has met; the caller waits for the grid
// before it reads d_squeeze.
__device__ __forceinline__ void selection_gradients(const SelectBackward& s, int M, int N, int C) {
  const int D = s.D;
  auto d_logits = [&](int n, int j) { return s.d_logits[n * M * C + j]; };
  auto d_hidden = [&](int n, int d) { return s.d_hidden[n * D + d]; };
  matmul<Fast::K, Fast::ROW>(
      N, D, M * C, d_logits, [&](int d, int j) { return s.select_weight[j * D + d]; },
      [&](int n, int d, float sum) { s.d_hidden[n * D + d] = s.hidden[n * D + d] > 0 ? sum : 0.0f; });
  matmul<Fast::ROW, Fast::ROW>(
      M * C, D, N, [&](int j, int n) { return d_logits(n, j); }, [&](int d, int n) { return s.hidden[n * D + d]; },
      [&](int j, int d, float sum) { s.d_select_weight[j * D + d] += sum; });
  GRID_BARRIER();
  hidden_gradients(s, N);
  GRID_BARRIER();
  matmul<Fast::K, Fast::ROW>(
      N, C, D, d_hidden, [&](int c, int d) { return s.squeeze_weight[d * C + c]; },
      [&](int n, int c, float sum) { s.d_squeeze[n * C + c] = sum; });
  matmul<Fast::ROW, Fast::ROW>(
      D, C, N, [&](int d, int n) { return d_hidden(n, d); }, [&](int c, int n) { return s.squeeze[n * C + c]; },
      [&](int d, int c, float sum) { s.d_squeeze_weight[d * C + c] += sum; });
}

// Blocks of a cooperative launch: no more than have work, no more than can be resident.
template <class K>
int selection_blocks(K kernel, int M, int N, int C) {
  const int useful = ceil_div(N, MATMUL_TILE) * ceil_div(static_cast<long long>(M) * C, MATMUL_TILE);
  const int resident = cooperative_blocks(kernel, TILE_THREADS);
  return useful < resident ? useful : resident;
}
