// What the passes over branches share. A branch is v = relu(a x + b); neither v nor the ReLU's mask is ever stored, every
// pass takes them from x.
#pragma once

#include <stdexcept>
#include <string>
#include <type_traits>

#include "batchnorm_statistics.cuh"
#include "norm_kernels.h"
#include "select_kernels.h"

// Before the ReLU: one rounding, so that all passes agree on what is let through.
__device__ __forceinline__ float normed(float a, float x, float b) { return fmaf(a, x, b); }

// A NaN goes through a ReLU.
__device__ __forceinline__ bool passes(float v) { return !(v <= 0); }

// The pointer of branch m where m is known only at run time; an index would move the struct to local memory.
template <class E>
__device__ __forceinline__ E of_branch(const Branches<E>& branches, int m) {
  return m == 0 ? branches.of[0] : m == 1 ? branches.of[1] : branches.of[2];
}

template <int V>
__device__ __forceinline__ void store_row(float* row, const float (&sums)[V]) {
  Values<V> values;
#pragma unroll
  for (int i = 0; i < V; ++i) values.v[i] = sums[i];
  store_values<V>(row, values);
}

// squeeze(n, c) = 1 / P sum over m of (a_m Q_m + b_m K_m), by all threads of the grid.
__device__ __forceinline__ void squeeze_of(float* squeeze, const float* counts,
                                           const Branches<const float*>& statistics, int M, int N, int P, int C) {
  const long long threads = static_cast<long long>(gridDim.x) * TILE_THREADS;
  const long long count = static_cast<long long>(N) * C;
  const int thread = threadIdx.y * blockDim.x + threadIdx.x;
  for (long long i = static_cast<long long>(blockIdx.x) * TILE_THREADS + thread; i < count; i += threads) {
    const int c = static_cast<int>(i % C);
    const float* row = counts + i / C * 2 * M * C + c;
    float sum = 0;
#pragma unroll
    for (int m = 0; m < MAX_BRANCHES; ++m) {
      if (m < M)
        sum += statistics.of[m][2 * C + c] * row[(2 * m + 1) * C] + statistics.of[m][3 * C + c] * row[2 * m * C];
    }
    squeeze[i] = sum / P;
  }
}

// Gradients of one branch's norm for 32 channels, by one block. What reaches the norm is du = M (weight d_out + d_squeeze
// / P), so its sum over space is weight E + d_squeeze / P K, that of du x alike from F and Q. `sums` and `counts` are the
// branch's first row of the first sample, `rows` C floats on is the next sample.
__device__ __forceinline__ void rectified_gradients(const NormBackward& norm, const float* sums, const float* counts,
                                                    int rows, const float* weights, int weight_rows,
                                                    const float* d_squeeze, int tile, int N, int P, int C) {
  const int c = tile * WARP + threadIdx.x;
  const bool inside = c < C;
  float sum[2][1] = {};
  if (inside) {
    const float mean = norm.statistics[c];
#pragma unroll 4
    for (int n = threadIdx.y; n < N; n += blockDim.y) {
      const long long at = static_cast<long long>(n) * rows * C + c;
      const float weight = weights[static_cast<long long>(n) * weight_rows * C + c];
      const float share = d_squeeze[n * C + c] / P;
      sum[0][0] += weight * sums[at] + share * counts[at];
      sum[1][0] += weight * (sums[at + C] - mean * sums[at]) + share * (counts[at + C] - mean * counts[at]);
    }
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && inside) write_gradients(norm, c, N, P, C, sum[0][0], sum[1][0]);
}

// ---- launchers ------------------------------------------------------------------------------------------------------

inline void require_branches(int M) {
  if (M < 1 || M > MAX_BRANCHES) throw std::invalid_argument("one to three branches, not " + std::to_string(M));
}

// Calls body with M as a constant.
template <class Body>
void dispatch_branches(int M, Body body) {
  require_branches(M);
  switch (M) {
    case 1: return body(std::integral_constant<int, 1>{});
    case 2: return body(std::integral_constant<int, 2>{});
    case 3: return body(std::integral_constant<int, 3>{});
  }
}

template <class T, class From>
Branches<T> typed(const Branches<From>& from) {
  Branches<T> to = {};
  for (int m = 0; m < MAX_BRANCHES; ++m) to.of[m] = static_cast<T>(from.of[m]);
  return to;
}

// How a launch cuts the positions of a sample: into pieces enough to fill the GPU, but each thread has several
// positions, which pay for reading its coefficients.
struct Pieces {
  int count;
  int steps;  // positions of one thread

  static Pieces of(int N, int tiles, int P, int rows) {
    constexpr int STEPS = 8;
    const int most = ceil_div(P, rows * STEPS);
    const int wanted = ceil_div(16 * multiprocessors(), static_cast<long long>(N) * tiles);
    const int steps = ceil_div(P, static_cast<long long>(rows) * (wanted < most ? wanted : most));
    return {ceil_div(P, static_cast<long long>(rows) * steps), steps};
  }
};
