// A squeeze-and-excitation that stands alone, its pass over memory: y = gate x, and backward dx = gate dy + d_squeeze / P,
// or, where the squeeze is a maximum, d_squeeze at the winner's position alone.
//
// x, y, dx, dy (N, P, C); gate, d_squeeze, winners (N, C), positions as float. One read, one write; dx may be dy.
#include "affine.cuh"
#include "dispatch.cuh"
#include "excite_kernels.h"
#include "inference_kernels.h"

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

template <class T, int V>
KERNEL(TILE_THREADS)
scale_backward_maximum_kernel(T* dx, const T* dy, const float* __restrict__ gate, const float* __restrict__ d_squeeze,
                              const float* __restrict__ winners, int P, int C) {
  const Walk w = walk<V>(P);
  if (w.c >= C) return;
  const long long nc = static_cast<long long>(w.n) * C + w.c;
#pragma unroll 4
  for (int p = w.p; p < w.end; p += w.step) {
    const long long at = (static_cast<long long>(w.n) * P + p) * C + w.c;
    Values<V> g = load_values<V>(dy + at);
#pragma unroll
    for (int i = 0; i < V; ++i) {
      const float squeezed = static_cast<int>(winners[nc + i]) == p ? d_squeeze[nc + i] : 0.0f;
      g.v[i] = gate[nc + i] * g.v[i] + squeezed;
    }
    store_values<V>(dx + at, g);
  }
}

template <class T, int V>
void maximum_backward(T* dx, const T* dy, const float* gate, const float* d_squeeze, const float* winners, int N, int P,
                      int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("scale_backward", scale_backward_maximum_kernel<T, V>, walk_grid(tile, V, N, P, C), tile.block(), 0, stream,
         dx, dy, gate, d_squeeze, winners, P, C);
}

}  // namespace

void scale_forward(Type type, void* y, const void* x, const float* gate, int N, int P, int C, cudaStream_t stream) {
  scale_inference(type, y, x, nullptr, gate, Activation::NONE, N, P, C, stream);
}

void scale_backward(Type type, void* dx, const void* dy, const float* gate, const float* d_squeeze,
                    const float* winners, int N, int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    if (winners != nullptr) {
      const auto pass = C % PACK == 0 ? maximum_backward<T, PACK> : maximum_backward<T, 1>;
      pass(static_cast<T*>(dx), static_cast<const T*>(dy), gate, d_squeeze, winners, N, P, C, stream);
      return;
    }
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
