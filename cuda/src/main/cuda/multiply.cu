// y = a b. b is as large as a, or has one position and gates the channels of a; then db is summed over positions.
//
// a, y, da, dy (N, P, C); b, db (N, P, C) or (N, 1, C). One read of each, one write; gradients are overwritten.
#include "affine.cuh"
#include "dispatch.cuh"
#include "elementwise_kernels.h"
#include "flat.cuh"
#include "inference_kernels.h"

namespace {

template <class T>
struct Product {
  T* y;
  const T* a;
  const T* b;
  __device__ void operator()(long long i, int count) const {
    Pack value = load_up_to(a + i, count);
    const Pack factor = load_up_to(b + i, count);
#pragma unroll
    for (int k = 0; k < PACK; ++k) value.v[k] *= factor.v[k];
    store_up_to(y + i, value, count);
  }
};

template <class T>
struct ProductSlopes {
  T* da;
  T* db;
  const T* dy;
  const T* a;
  const T* b;
  __device__ void operator()(long long i, int count) const {
    const Pack g = load_up_to(dy + i, count);
    Pack for_a = load_up_to(b + i, count);
    Pack for_b = load_up_to(a + i, count);
#pragma unroll
    for (int k = 0; k < PACK; ++k) {
      for_a.v[k] *= g.v[k];
      for_b.v[k] *= g.v[k];
    }
    store_up_to(da + i, for_a, count);
    store_up_to(db + i, for_b, count);
  }
};

// b as a gate.
template <class T>
struct Gating {
  static constexpr bool OF_SAMPLE = true;
  const T* b;
  int C;
  __device__ Affine operator()(int n, int c) const { return {to_float(b[n * C + c]), 0.0f}; }
};

// One block for the channels of a tile in a sample.
template <class T, int V>
KERNEL(TILE_THREADS)
multiply_backward_gate_kernel(T* __restrict__ da, T* __restrict__ db, const T* __restrict__ dy, const T* __restrict__ a,
                              const T* __restrict__ b, int P, int C) {
  const int n = blockIdx.x;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  float sum[1][V] = {};
  if (c < C) {
    const Values<V> gate = load_values<V>(b + static_cast<long long>(n) * C + c);
#pragma unroll 4
    for (int p = threadIdx.y; p < P; p += blockDim.y) {
      const long long at = (static_cast<long long>(n) * P + p) * C + c;
      Values<V> g = load_values<V>(dy + at);
      const Values<V> value = load_values<V>(a + at);
#pragma unroll
      for (int i = 0; i < V; ++i) {
        sum[0][i] += g.v[i] * value.v[i];
        g.v[i] *= gate.v[i];
      }
      store_values<V>(da + at, g);
    }
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && c < C) {
    Values<V> total;
#pragma unroll
    for (int i = 0; i < V; ++i) total.v[i] = sum[0][i];
    store_values<V>(db + static_cast<long long>(n) * C + c, total);
  }
}

template <class T, int V>
void gate_backward(T* da, T* db, const T* dy, const T* a, const T* b, int N, int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("multiply_backward", multiply_backward_gate_kernel<T, V>, dim3(N, tile.tiles(C, V)), tile.block(), 0, stream,
         da, db, dy, a, b, P, C);
}

}  // namespace

void multiply_forward(Type type, void* y, const void* a, const void* b, bool gate, int N, int P, int C,
                      cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    auto product = static_cast<T*>(y);
    auto left = static_cast<const T*>(a);
    auto right = static_cast<const T*>(b);
    const char* name = "multiply_forward";
    if (gate) {
      launch_affine(name, product, left, static_cast<const T*>(nullptr), Gating<T>{right, C}, Activation::NONE, N, P, C,
                    stream);
    } else {
      launch_flat(name, Product<T>{product, left, right}, static_cast<long long>(N) * P * C, stream);
    }
  });
}

void multiply_backward(Type type, void* da, void* db, const void* dy, const void* a, const void* b, bool gate, int N,
                       int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const ProductSlopes<T> k = {static_cast<T*>(da), static_cast<T*>(db), static_cast<const T*>(dy),
                                static_cast<const T*>(a), static_cast<const T*>(b)};
    if (!gate) {
      launch_flat("multiply_backward", k, static_cast<long long>(N) * P * C, stream);
    } else {
      const auto pass = C % PACK == 0 ? gate_backward<T, PACK> : gate_backward<T, 1>;
      pass(k.da, k.db, k.dy, k.a, k.b, N, P, C, stream);
    }
  });
}
