// One update of all parameters of a span, and their 16-bit copies in the same pass.
//
// With g = gradient / loss scale. SGD as PyTorch's: g += decay w; v = momentum v + g; w -= rate (nesterov ? g + momentum v
// : v). AdamW (Loshchilov and Hutter, 2019) as PyTorch's: m and v are running means of g and g^2;
// w = (1 - rate decay) w - rate / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon).
//
// All float but the copies. Rate, loss scale and the number of the step lie in device memory, so that a captured graph can
// be replayed; where the step's gradients overflowed, nothing changes.
#include "dispatch.cuh"
#include "flat.cuh"
#include "step_kernels.h"

namespace {

// 1 - beta^t without cancelling at small t.
__device__ __forceinline__ float correction(float beta, long long t) {
  return -expm1f(static_cast<float>(t) * log1pf(beta - 1));
}

template <class T>
struct Sgd {
  float* w;
  float* v;
  T* copy;
  const float* gradient;
  const StepState* state;
  float momentum;
  float decay;
  bool nesterov;
  __device__ void operator()(long long i, int count) const {
    if (state->overflow) return;
    const float rate = state->rate;
    const float unscale = 1 / state->loss_scale;
    Pack weight = load_up_to(w + i, count);
    Pack velocity = load_up_to(v + i, count);
    const Pack slope = load_up_to(gradient + i, count);
#pragma unroll
    for (int k = 0; k < PACK; ++k) {
      const float g = slope.v[k] * unscale + decay * weight.v[k];
      velocity.v[k] = momentum * velocity.v[k] + g;
      weight.v[k] -= rate * (nesterov ? g + momentum * velocity.v[k] : velocity.v[k]);
    }
    store_up_to(w + i, weight, count);
    store_up_to(v + i, velocity, count);
    if (copy != nullptr) store_up_to(copy + i, weight, count);
  }
};

template <class T>
struct AdamW {
  float* w;
  float* m;
  float* v;
  T* copy;
  const float* gradient;
  const StepState* state;
  float beta1;
  float beta2;
  float epsilon;
  float decay;
  __device__ void operator()(long long i, int count) const {
    if (state->overflow) return;
    const float unscale = 1 / state->loss_scale;
    const float keep = 1 - state->rate * decay;
    const long long t = state->steps + 1;
    const float size = state->rate / correction(beta1, t);
    const float unbias = 1 / sqrtf(correction(beta2, t));
    Pack weight = load_up_to(w + i, count);
    Pack mean = load_up_to(m + i, count);
    Pack square = load_up_to(v + i, count);
    const Pack slope = load_up_to(gradient + i, count);
#pragma unroll
    for (int k = 0; k < PACK; ++k) {
      const float g = slope.v[k] * unscale;
      mean.v[k] = beta1 * mean.v[k] + (1 - beta1) * g;
      square.v[k] = beta2 * square.v[k] + (1 - beta2) * (g * g);
      weight.v[k] = keep * weight.v[k] - size * (mean.v[k] / (sqrtf(square.v[k]) * unbias + epsilon));
    }
    store_up_to(w + i, weight, count);
    store_up_to(m + i, mean, count);
    store_up_to(v + i, square, count);
    if (copy != nullptr) store_up_to(copy + i, weight, count);
  }
};

}  // namespace

void sgd(float* w, float* velocity, Type copy_type, void* copy, const float* gradient, const StepState* state,
         float momentum, float decay, bool nesterov, long long count, cudaStream_t stream) {
  dispatch(copy_type, [&](auto zero) {
    using T = decltype(zero);
    launch_flat("sgd", Sgd<T>{w, velocity, static_cast<T*>(copy), gradient, state, momentum, decay, nesterov}, count,
                stream);
  });
}

void adamw(float* w, float* mean, float* square, Type copy_type, void* copy, const float* gradient,
           const StepState* state, float beta1, float beta2, float epsilon, float decay, long long count,
           cudaStream_t stream) {
  dispatch(copy_type, [&](auto zero) {
    using T = decltype(zero);
    launch_flat("adamw",
                AdamW<T>{w, mean, square, static_cast<T*>(copy), gradient, state, beta1, beta2, epsilon, decay}, count,
                stream);
  });
}
