// Batch norm, first backward pass: with g = d_out where the ReLU let through, per sample and channel the sums over space
// of g and of g x, and of g r where the residual has a norm of its own.
//
// d_out, x, residual (N, P, C), mask a bit per value; sums (N, 2, C). One read of each.
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "norm_kernels.h"

namespace {

template <class T, int V, bool RESIDUAL>
KERNEL(TILE_THREADS)
batchnorm_backward_sums_kernel(float* __restrict__ sums, float* __restrict__ residual_sums, const T* __restrict__ d_out,
                               const std::uint8_t* __restrict__ mask, const T* __restrict__ x,
                               const T* __restrict__ residual, int P, int C) {
  constexpr int SUMS = RESIDUAL ? 3 : 2;
  const int n = blockIdx.x;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  float sum[SUMS][V] = {};
  if (c < C) {
    const int steps = steps_between(threadIdx.y, P, blockDim.y);
#pragma unroll 2
    for (int step = 0; step < steps; ++step) {
      const long long at = (static_cast<long long>(n) * P + threadIdx.y + step * blockDim.y) * C + c;
      Values<V> g = load_values<V>(d_out + at);
      const Values<V> value = load_values<V>(x + at);
      const unsigned bits = mask == nullptr ? 0xffu : load_bits<V>(mask, at);
#pragma unroll
      for (int i = 0; i < V; ++i) {
        g.v[i] = bits >> i & 1 ? g.v[i] : 0.0f;
        sum[0][i] += g.v[i];
        sum[1][i] += g.v[i] * value.v[i];
      }
      if constexpr (RESIDUAL) {
        const Values<V> added = load_values<V>(residual + at);
#pragma unroll
        for (int i = 0; i < V; ++i) sum[2][i] += g.v[i] * added.v[i];
      }
    }
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && c < C) {
    const long long at = static_cast<long long>(n) * 2 * C + c;
#pragma unroll
    for (int i = 0; i < V; ++i) {
      sums[at + i] = sum[0][i];
      sums[at + C + i] = sum[1][i];
      if constexpr (RESIDUAL) {
        residual_sums[at + i] = sum[0][i];
        residual_sums[at + C + i] = sum[2][i];
      }
    }
  }
}

template <class T, int V>
void run(float* sums, float* residual_sums, const T* d_out, const std::uint8_t* mask, const T* x, const T* residual,
         int N, int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  const auto kernel = residual_sums == nullptr ? batchnorm_backward_sums_kernel<T, V, false>
                                               : batchnorm_backward_sums_kernel<T, V, true>;
  launch("batchnorm_backward_sums", kernel, dim3(N, tile.tiles(C, V)), tile.block(), 0, stream, sums, residual_sums,
         d_out, mask, x, residual, P, C);
}

}  // namespace

void batchnorm_backward_sums(Type type, float* sums, float* residual_sums, const void* d_out, const std::uint8_t* mask,
                             const void* x, const void* residual, int N, int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = C % PACK == 0 ? run<T, PACK> : run<T, 1>;
    pass(sums, residual_sums, static_cast<const T*>(d_out), mask, static_cast<const T*>(x),
         static_cast<const T*>(residual), N, P, C, stream);
  });
}
