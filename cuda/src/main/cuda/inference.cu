// What inference needs beside convolutions: y = act(a x + b + residual) behind a norm with its running statistics, and
// y = act(x + bias + residual) behind a convolution that took the norm up.
//
// x, y, residual (N, P, C), the rest (C). a = scale / sqrt(variance + epsilon), b = shift - a mean. One read of each, one
// write; y may be x.
#include "affine.cuh"
#include "dispatch.cuh"
#include "inference_kernels.h"
#include "running_norm.cuh"

namespace {

struct Normed {
  static constexpr bool OF_SAMPLE = false;
  RunningNorm norm;
  __device__ Affine operator()(int, int c) const {
    const float a = norm_slope(norm, c);
    return {a, norm_offset(norm, a, c)};
  }
};

struct Biased {
  static constexpr bool OF_SAMPLE = false;
  const float* bias;
  __device__ Affine operator()(int, int c) const { return {1.0f, bias == nullptr ? 0.0f : bias[c]}; }
};

template <class Coefficients>
void run(const char* name, Type type, void* y, const void* x, const void* residual, const Coefficients& k,
         Activation activation, int N, int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_affine(name, static_cast<T*>(y), static_cast<const T*>(x), static_cast<const T*>(residual), k, activation, N,
                  P, C, stream);
  });
}

}  // namespace

void batchnorm_inference(Type type, void* y, const void* x, const void* residual, const RunningNorm& norm,
                         Activation activation, int N, int P, int C, cudaStream_t stream) {
  run("batchnorm_inference", type, y, x, residual, Normed{norm}, activation, N, P, C, stream);
}

void bias_inference(Type type, void* y, const void* x, const void* residual, const float* bias, Activation activation,
                    int N, int P, int C, cudaStream_t stream) {
  run("bias_inference", type, y, x, residual, Biased{bias}, activation, N, P, C, stream);
}
