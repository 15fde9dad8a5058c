// Batch norm, second backward pass: dx = a (gate g + d_squeeze / P) + B x + K, and the residual's gradient: g as it is, or
// a' g + B' r + K' behind its own norm; g = d_out where the ReLU let through.
//
// Activations (N, P, C), mask a bit per value; statistics (4, C) with a in row 2, coefficients (2, C) B and K, gate and
// d_squeeze (N, C). One read of each, one write of each gradient; dx may be d_out itself.
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "norm_kernels.h"

namespace {

enum class Residual { NONE, PLAIN, NORMED };

struct Coefficients {
  const float* statistics;
  const float* coefficients;
  const float* residual_statistics;
  const float* residual_coefficients;
  const float* gate;
  const float* d_squeeze;
  float share;  // 1 / P
};

// d = A g + B x + K of one channel of one sample.
struct Affine {
  float A, B, K;
};

__device__ __forceinline__ Affine affine(const Coefficients& k, int n, int c, int C) {
  const float a = k.statistics[2 * C + c];
  Affine affine = {a, k.coefficients[c], k.coefficients[C + c]};
  if (k.gate != nullptr) {
    affine.A = a * k.gate[n * C + c];
    affine.K += a * (k.d_squeeze[n * C + c] * k.share);
  }
  return affine;
}

__device__ __forceinline__ Affine residual_affine(const Coefficients& k, int c, int C) {
  return {k.residual_statistics[2 * C + c], k.residual_coefficients[c], k.residual_coefficients[C + c]};
}

constexpr int POSITIONS = 8;

// V channels to a thread; V = 1 for any number of channels.
template <class T, int V, Residual RESIDUAL>
KERNEL(TILE_THREADS)
batchnorm_backward_kernel(T* dx, T* __restrict__ d_residual, const T* d_out, const std::uint8_t* __restrict__ mask,
                          const T* __restrict__ x, const T* __restrict__ residual, Coefficients coefficients, int P,
                          int C) {
  const int n = blockIdx.x;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  if (c >= C) return;
  Affine k[V];
  Affine r[V] = {};
#pragma unroll
  for (int i = 0; i < V; ++i) {
    k[i] = affine(coefficients, n, c + i, C);
    if (RESIDUAL == Residual::NORMED) r[i] = residual_affine(coefficients, c + i, C);
  }
  const int first = blockIdx.z * blockDim.y * POSITIONS + threadIdx.y;
  const int steps = min(POSITIONS, steps_between(first, P, blockDim.y));
#pragma unroll 2
  for (int step = 0; step < steps; ++step) {
    const long long at = (static_cast<long long>(n) * P + first + step * blockDim.y) * C + c;
    Values<V> g = load_values<V>(d_out + at);
    Values<V> value = load_values<V>(x + at);
    const unsigned bits = mask == nullptr ? 0xffu : load_bits<V>(mask, at);
#pragma unroll
    for (int i = 0; i < V; ++i) {
      g.v[i] = bits >> i & 1 ? g.v[i] : 0.0f;
      value.v[i] = k[i].A * g.v[i] + (k[i].B * value.v[i] + k[i].K);
    }
    if constexpr (RESIDUAL == Residual::NORMED) {
      const Values<V> added = load_values<V>(residual + at);
#pragma unroll
      for (int i = 0; i < V; ++i) g.v[i] = r[i].A * g.v[i] + (r[i].B * added.v[i] + r[i].K);
    }
    store_values<V>(dx + at, value);
    if constexpr (RESIDUAL != Residual::NONE) store_values<V>(d_residual + at, g);
  }
}

template <class T, int V>
void run(T* dx, T* d_residual, const T* d_out, const std::uint8_t* mask, const T* x, const T* residual,
         const Coefficients& k, int N, int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  const dim3 grid(N, tile.tiles(C, V), ceil_div(P, tile.rows() * POSITIONS));
  const auto kernel = d_residual == nullptr              ? batchnorm_backward_kernel<T, V, Residual::NONE>
                      : k.residual_statistics == nullptr ? batchnorm_backward_kernel<T, V, Residual::PLAIN>
                                                         : batchnorm_backward_kernel<T, V, Residual::NORMED>;
  launch("batchnorm_backward", kernel, grid, tile.block(), 0, stream, dx, d_residual, d_out, mask, x, residual, k, P,
         C);
}

}  // namespace

void batchnorm_backward(Type type, void* dx, void* d_residual, const void* d_out, const std::uint8_t* mask,
                        const void* x, const void* residual, const float* statistics, const float* coefficients,
                        const float* residual_statistics, const float* residual_coefficients, const float* gate,
                        const float* d_squeeze, int N, int P, int C, cudaStream_t stream) {
  const Coefficients k = {statistics, coefficients, residual_statistics, residual_coefficients, gate,
                          d_squeeze,  1.0f / P};
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = C % PACK == 0 ? run<T, PACK> : run<T, 1>;
    pass(static_cast<T*>(dx), static_cast<T*>(d_residual), static_cast<const T*>(d_out), mask, static_cast<const T*>(x),
         static_cast<const T*>(residual), k, N, P, C, stream);
  });
}
