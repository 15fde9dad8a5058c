// Softmax cross-entropy with label smoothing e, each sample's loss and the gradient of their mean over the batch: the
// target is 1 - e + e / K for the label and e / K elsewhere. With s = logit - largest,
// loss = log sum exp(s) - (1 - e) s(label) - e / K sum s, in which no two terms cancel.
//
// logits, d_logits (N, K) of the activations' type, d_logits times the loss scale; loss and labels (N) float. A label that
// is no class number makes its sample's loss and gradient NaN. A loss that is not finite marks the step as one whose
// update is not to be made. One block for a sample.
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "step_kernels.h"

namespace {

constexpr int MOST_WARPS = TILE_THREADS / WARP;

// The sum, or the largest, of the block's numbers, for every thread. Each use has shared memory of its own, so that none
// waits for the one before to be read.
template <bool LARGEST, int USE>
__device__ __forceinline__ float over_block(float v) {
  SHARED(float, partial, MOST_WARPS);
  const auto join = [](float a, float b) { return LARGEST ? fmaxf(a, b) : a + b; };
#pragma unroll
  for (int distance = WARP / 2; distance > 0; distance /= 2) v = join(v, __shfl_xor_sync(ALL_LANES, v, distance));
  if (threadIdx.x % WARP == 0) partial[threadIdx.x / WARP] = v;
  __syncthreads();
  v = partial[0];
  for (unsigned warp = 1; warp < blockDim.x / WARP; ++warp) v = join(v, partial[warp]);
  return v;
}

template <class T>
KERNEL(TILE_THREADS)
softmax_cross_entropy_kernel(float* __restrict__ loss, T* __restrict__ d_logits, const T* __restrict__ logits,
                             const float* __restrict__ labels, StepState* __restrict__ state, float smoothing,
                             float share, int K) {
  const int n = blockIdx.x;
  const T* row = logits + static_cast<long long>(n) * K;
  const float label = labels[n];
  const bool valid = label >= 0 && label < K && label == floorf(label);
  float largest = -INFINITY;
  for (int k = threadIdx.x; k < K; k += blockDim.x) largest = fmaxf(largest, to_float(row[k]));
  largest = over_block<true, 0>(largest);
  float exponentials = 0;
  float shifts = 0;
  for (int k = threadIdx.x; k < K; k += blockDim.x) {
    const float shifted = to_float(row[k]) - largest;
    exponentials += expf(shifted);
    shifts += shifted;
  }
  exponentials = over_block<false, 1>(exponentials);
  shifts = over_block<false, 2>(shifts);
  const float spread = smoothing / K;
  if (threadIdx.x == 0) {
    float v = NAN;
    if (valid) {
      v = logf(exponentials) - (1 - smoothing) * (to_float(row[static_cast<int>(label)]) - largest);
      if (smoothing > 0) v -= spread * shifts;  // a logit of minus infinity is no matter without smoothing
    }
    loss[n] = v;
    if (state != nullptr && !(fabsf(v) < INFINITY)) atomicOr(&state->overflow, 1);
  }
  if (d_logits == nullptr) return;
  const float factor = state == nullptr ? share : share * state->loss_scale;
  for (int k = threadIdx.x; k < K; k += blockDim.x) {
    const float probability = expf(to_float(row[k]) - largest) / exponentials;
    const float target = valid ? (k == static_cast<int>(label) ? 1 - smoothing + spread : spread) : NAN;
    const float gradient = (probability - target) * factor;
    d_logits[static_cast<long long>(n) * K + k] = from_float<T>(gradient);
  }
}

}  // namespace

void softmax_cross_entropy(Type type, float* loss, void* d_logits, const void* logits, const float* labels,
                           StepState* state, float smoothing, int N, int K, cudaStream_t stream) {
  const int threads = min(TILE_THREADS, ceil_div(K, WARP) * WARP);
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch("softmax_cross_entropy", softmax_cross_entropy_kernel<T>, dim3(N), dim3(threads), 0, stream, loss,
           static_cast<T*>(d_logits), static_cast<const T*>(logits), labels, state, smoothing, 1.0f / N, K);
  });
}
