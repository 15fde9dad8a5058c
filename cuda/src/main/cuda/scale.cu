// A squeeze-and-excitation that stands alone, its pass over memory: y = gate x, and backward dx = gate dy + d_squeeze / P.
//
// x, y, dx, dy (N, P, C); gate, d_squeeze (N, C). One read, one write; dx may be dy.
#include "affine.cuh"

namespace {

struct Gated {
  static constexpr bool OF_SAMPLE = true;
  const float* gate;
  int C;
  __device__ Affine operator()(int n, int c) const { return {gate[n * C + c], 0.0f}; }
};

struct Squeezed {
  static constexpr bool OF_SAMPLE = true;
  const float* gate;
  const float* d_squeeze;
  float share;  // 1 / P
  int C;
  __device__ Affine operator()(int n, int c) const { return {gate[n * C + c], d_squeeze[n * C + c] * share}; }
};

}  // namespace

void scale_forward(Type type, void* y, const void* x, const float* gate, int N, int P, int C, cudaStream_t stream) {
  scale_inference(type, y, x, nullptr, gate, Activation::NONE, N, P, C, stream);
}

void scale_backward(Type type, void* dx, const void* dy, const float* gate, const float* d_squeeze, int N, int P, int C,
                    cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_affine("scale_backward", static_cast<T*>(dx), static_cast<const T*>(dy), static_cast<const T*>(nullptr),
                  Squeezed{gate, d_squeeze, 1.0f / P, C}, Activation::NONE, N, P, C, stream);
  });
}

void scale_inference(Type type, void* y, const void* x, const void* residual, const float* gate, Activation activation,
                     int N, int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_affine("scale_inference", static_cast<T*>(y), static_cast<const T*>(x), static_cast<const T*>(residual),
                  Gated{gate, C}, activation, N, P, C, stream);
  });
}
