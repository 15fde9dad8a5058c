// A batch norm taken up by the convolution before it: weight' = a weight, bias' = b + a bias, by output channel.
//
// weight (K, E), E values for each of K output channels; bias (K) may be null; a and b from the running statistics. The
// result as float, in 16 bits, or both.
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "inference_kernels.h"
#include "running_norm.cuh"

namespace {

constexpr int VALUES = 4;  // to a thread

template <class T>
KERNEL(TILE_THREADS)
fold_batchnorm_kernel(float* __restrict__ folded, T* __restrict__ copy, float* __restrict__ folded_bias,
                      const float* __restrict__ weight, const float* __restrict__ bias, RunningNorm norm, int E) {
  const int k = blockIdx.x;
  const float a = norm_slope(norm, k);
  if (blockIdx.y == 0 && threadIdx.x == 0) {
    const float b = norm_offset(norm, a, k);
    folded_bias[k] = bias == nullptr ? b : b + a * bias[k];
  }
#pragma unroll
  for (int i = 0; i < VALUES; ++i) {
    const int e = (blockIdx.y * VALUES + i) * TILE_THREADS + threadIdx.x;
    if (e >= E) return;
    const long long at = static_cast<long long>(k) * E + e;
    const float v = a * weight[at];
    if (folded != nullptr) folded[at] = v;
    if (copy != nullptr) copy[at] = from_float<T>(v);
  }
}

}  // namespace

void fold_batchnorm(float* folded, Type copy_type, void* copy, float* folded_bias, const float* weight,
                    const float* bias, const RunningNorm& norm, int K, int E, cudaStream_t stream) {
  dispatch(copy_type, [&](auto zero) {
    using T = decltype(zero);
    launch("fold_batchnorm", fold_batchnorm_kernel<T>, dim3(K, ceil_div(E, TILE_THREADS * VALUES)), dim3(TILE_THREADS),
           0, stream, folded, static_cast<T*>(copy), folded_bias, weight, bias, norm, E);
  });
}
