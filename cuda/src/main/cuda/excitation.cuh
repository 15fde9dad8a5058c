// The two small layers of squeeze-and-excitation (Hu et al., 2018, equations 3 and 4) by all blocks of a grid, and their
// gradients. hidden = relu(W1 squeeze + b1), gate = act(W2 hidden + b2); W1 (R, C), W2 (C, R).
#pragma once

#include "excite_kernels.h"
#include "matmul.cuh"

// A NaN stays one.
__device__ __forceinline__ float relu(float v) { return v <= 0 ? 0.0f : v; }

__device__ __forceinline__ float gate_of(Gate kind, float v) {
  switch (kind) {
    case Gate::SIGMOID: return 1 / (1 + expf(-v));
    case Gate::TANH: return tanhf(v);
    case Gate::RELU: return relu(v);
  }
  return v;
}

// The gate's derivative, from its value.
__device__ __forceinline__ float gate_slope(Gate kind, float gate) {
  switch (kind) {
    case Gate::SIGMOID: return gate * (1 - gate);
    case Gate::TANH: return 1 - gate * gate;
    case Gate::RELU: return gate > 0 ? 1.0f : 0.0f;
  }
  return 1;
}

// To be called when all of squeeze is written and the grid has met.
__device__ __forceinline__ void excite(const ExciteForward& e, int N, int C) {
  const int R = e.R;
  matmul<Fast::K, Fast::K>(
      N, R, C, [&](int n, int c) { return e.squeeze[n * C + c]; }, [&](int r, int c) { return e.weight1[r * C + c]; },
      [&](int n, int r, float sum) { e.hidden[n * R + r] = relu(e.bias1 == nullptr ? sum : sum + e.bias1[r]); });
  GRID_BARRIER();
  matmul<Fast::K, Fast::K>(
      N, C, R, [&](int n, int r) { return e.hidden[n * R + r]; }, [&](int c, int r) { return e.weight2[c * R + r]; },
      [&](int n, int c, float sum) {
        e.gate[n * C + c] = gate_of(e.kind, e.bias2 == nullptr ? sum : sum + e.bias2[c]);
      });
}

// To be called when all of d_gate is written and the grid has met; the caller waits for the grid before it reads
// d_squeeze.
__device__ __forceinline__ void excite_gradients(const ExciteBackward& e, int N, int C) {
  const int R = e.R;
  // Gradient before the gate's function.
  auto q = [&](int n, int c) { return e.d_gate[n * C + c] * gate_slope(e.kind, e.gate[n * C + c]); };
  matmul<Fast::K, Fast::ROW>(
      N, R, C, q, [&](int r, int c) { return e.weight2[c * R + r]; },
      [&](int n, int r, float sum) { e.d_hidden[n * R + r] = e.hidden[n * R + r] > 0 ? sum : 0.0f; });
  matmul<Fast::ROW, Fast::ROW>(
      C, R, N, [&](int c, int n) { return q(n, c); }, [&](int r, int n) { return e.hidden[n * R + r]; },
      [&](int c, int r, float sum) { e.d_weight2[c * R + r] += sum; });
  if (e.d_bias2 != nullptr) {
    sum_columns(
        C, N, [&](int c, int n) { return q(n, c); }, [&](int c, float sum) { e.d_bias2[c] += sum; });
  }
  GRID_BARRIER();
  matmul<Fast::K, Fast::ROW>(
      N, C, R, [&](int n, int r) { return e.d_hidden[n * R + r]; }, [&](int c, int r) { return e.weight1[r * C + c]; },
      [&](int n, int c, float sum) { e.d_squeeze[n * C + c] = sum; });
  matmul<Fast::ROW, Fast::ROW>(
      R, C, N, [&](int r, int n) { return e.d_hidden[n * R + r]; }, [&](int c, int n) { return e.squeeze[n * C + c]; },
      [&](int r, int c, float sum) { e.d_weight1[r * C + c] += sum; });
  if (e.d_bias1 != nullptr) {
    sum_columns(
        R, N, [&](int r, int n) { return e.d_hidden[n * R + r]; }, [&](int r, float sum) { e.d_bias1[r] += sum; });
  }
}

// Blocks of a cooperative launch: no more than have work, no more than can be resident.
template <class K>
int excite_blocks(K kernel, int N, int C) {
  const int useful = ceil_div(N, MATMUL_TILE) * ceil_div(C, MATMUL_TILE);
  const int resident = cooperative_blocks(kernel, TILE_THREADS);
  return useful < resident ? useful : resident;
}
