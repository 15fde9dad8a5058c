// y = act(A x + B + residual), with A and B of a channel or of a channel of a sample: what is left of norms, biases and
// gates once their numbers are known. A coefficient struct says operator()(n, c) and whether n counts.
#pragma once

#include "inference_kernels.h"
#include "positions.cuh"

struct Affine {
  float A, B;
};

__device__ __forceinline__ float activated(Activation activation, float v) {
  switch (activation) {
    case Activation::NONE: return v;
    case Activation::RELU: return v <= 0 ? 0.0f : v;  // a NaN stays one
    case Activation::SIGMOID: return 1 / (1 + expf(-v));
  }
  return v;
}

// y may be x or the residual.
template <class T, int V, class Coefficients>
KERNEL(TILE_THREADS)
affine_kernel(T* y, const T* x, const T* residual, Coefficients coefficients, Activation activation, int P, int C) {
  const Walk w = walk<V>(P);
  if (w.c >= C) return;
  Affine k[V];
#pragma unroll
  for (int i = 0; i < V; ++i) k[i] = coefficients(w.n, w.c + i);
#pragma unroll 4
  for (int p = w.p; p < w.end; p += w.step) {
    const long long at = (static_cast<long long>(w.n) * P + p) * C + w.c;
    Values<V> value = load_values<V>(x + at);
    Values<V> added = {};
    if (residual != nullptr) added = load_values<V>(residual + at);
#pragma unroll
    for (int i = 0; i < V; ++i) value.v[i] = activated(activation, k[i].A * value.v[i] + k[i].B + added.v[i]);
    store_values<V>(y + at, value);
  }
}

template <class T, class Coefficients>
void launch_affine(const char* name, T* y, const T* x, const T* residual, const Coefficients& k, Activation activation,
                   int N, int P, int C, cudaStream_t stream) {
  // Without a sample's own numbers all positions are alike, and blocks fill better.
  if (!Coefficients::OF_SAMPLE && static_cast<long long>(N) * P < 1 << 30) {
    P *= N;
    N = 1;
  }
  auto pass = [&](auto kernel, int V) {
    const ChannelTile tile = ChannelTile::of(C, V);
    launch(name, kernel, walk_grid(tile, V, N, P, C), tile.block(), 0, stream, y, x, residual, k, activation, P, C);
  };
  if (C % PACK == 0) {
    pass(affine_kernel<T, PACK, Coefficients>, PACK);
  } else {
    pass(affine_kernel<T, 1, Coefficients>, 1);
  }
}
