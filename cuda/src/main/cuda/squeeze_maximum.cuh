// The squeeze by maximum: of each sample and channel the largest x over space and its position, row-major and the first of
// equals; a NaN wins. x (N, P, C); squeeze and winners (N, C), positions as float. One read.
#pragma once

#include "channel_tile.cuh"

// Whether a value at position p beats what was best at position q.
__device__ __forceinline__ bool beats(float value, int p, float best, int q) {
  if (best != best) return value != value && p < q;
  return value > best || value != value || (value == best && p < q);
}

template <class T, int V>
KERNEL(TILE_THREADS)
squeeze_maximum_kernel(float* __restrict__ squeeze, float* __restrict__ winners, const T* __restrict__ x, int P,
                       int C) {
  SHARED(float, values, TILE_THREADS * V);
  SHARED(int, positions, TILE_THREADS * V);
  const int n = blockIdx.x;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  const int row = threadIdx.y;
  const int thread = row * blockDim.x + threadIdx.x;
  float best[V];
  int place[V];
#pragma unroll
  for (int i = 0; i < V; ++i) {
    best[i] = -INFINITY;
    place[i] = min(row, P - 1);
  }
  if (c < C) {
#pragma unroll 4
    for (int p = row; p < P; p += blockDim.y) {
      const Values<V> value = load_values<V>(x + (static_cast<long long>(n) * P + p) * C + c);
#pragma unroll
      for (int i = 0; i < V; ++i) {
        if (beats(value.v[i], p, best[i], place[i])) {
          best[i] = value.v[i];
          place[i] = p;
        }
      }
    }
  }
#pragma unroll
  for (int i = 0; i < V; ++i) {
    values[i * TILE_THREADS + thread] = best[i];
    positions[i * TILE_THREADS + thread] = place[i];
  }
  // A tree over the rows, which are a power of two.
  for (int half = blockDim.y / 2; half > 0; half /= 2) {
    __syncthreads();
    if (row < half) {
      const int other = thread + half * blockDim.x;
#pragma unroll
      for (int i = 0; i < V; ++i) {
        const int here = i * TILE_THREADS + thread;
        const int there = i * TILE_THREADS + other;
        if (beats(values[there], positions[there], values[here], positions[here])) {
          values[here] = values[there];
          positions[here] = positions[there];
        }
      }
    }
  }
  if (row == 0 && c < C) {
#pragma unroll
    for (int i = 0; i < V; ++i) {
      squeeze[static_cast<long long>(n) * C + c + i] = values[i * TILE_THREADS + thread];
      winners[static_cast<long long>(n) * C + c + i] = static_cast<float>(positions[i * TILE_THREADS + thread]);
    }
  }
}
