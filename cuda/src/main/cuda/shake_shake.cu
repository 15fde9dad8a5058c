// Shake-Shake (Gastaldi, 2017): two branches weighed anew for each sample and pass. y = alpha a + (1 - alpha) b,
// da = beta dy, db = (1 - beta) dy; for inference y = (a + b) / 2. For sample n alpha is random fraction 2 n of the layer
// and beta 2 n + 1.
//
// a, b, y and their gradients (N, S), S values of a sample. The seed lies in device memory.
#include "channel_kernels.h"
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "flat.cuh"
#include "random.cuh"
#include "step_kernels.h"

namespace {

// Where a thread works: V values from `at` on, of sample n.
struct Site {
  int n;
  long long at;
  bool inside;
};

template <int V>
__device__ __forceinline__ Site site(long long S, int chunks) {
  const int n = blockIdx.x / chunks;
  const long long i = (static_cast<long long>(blockIdx.x - n * chunks) * FLAT_THREADS + threadIdx.x) * V;
  return {n, n * S + i, i < S};
}

template <class T, int V>
KERNEL(FLAT_THREADS)
shake_shake_forward_kernel(T* __restrict__ y, const T* __restrict__ a, const T* __restrict__ b,
                           const StepState* __restrict__ state, int layer, long long S, int chunks) {
  const Site here = site<V>(S, chunks);
  if (!here.inside) return;
  const float alpha = random_fraction(random_stream(state, layer), 2LL * here.n);
  Values<V> value = load_values<V>(a + here.at);
  const Values<V> other = load_values<V>(b + here.at);
#pragma unroll
  for (int i = 0; i < V; ++i) value.v[i] = alpha * value.v[i] + (1 - alpha) * other.v[i];
  store_values<V>(y + here.at, value);
}

template <class T, int V>
KERNEL(FLAT_THREADS)
shake_shake_backward_kernel(T* __restrict__ da, T* __restrict__ db, const T* __restrict__ dy,
                            const StepState* __restrict__ state, int layer, long long S, int chunks) {
  const Site here = site<V>(S, chunks);
  if (!here.inside) return;
  const float beta = random_fraction(random_stream(state, layer), 2LL * here.n + 1);
  Values<V> first = load_values<V>(dy + here.at);
  Values<V> second = first;
#pragma unroll
  for (int i = 0; i < V; ++i) {
    first.v[i] *= beta;
    second.v[i] *= 1 - beta;
  }
  store_values<V>(da + here.at, first);
  store_values<V>(db + here.at, second);
}

template <class T>
struct Mean {
  T* y;
  const T* a;
  const T* b;
  __device__ void operator()(long long i, int count) const {
    Pack value = load_up_to(a + i, count);
    const Pack other = load_up_to(b + i, count);
#pragma unroll
    for (int k = 0; k < PACK; ++k) value.v[k] = (value.v[k] + other.v[k]) / 2;
    store_up_to(y + i, value, count);
  }
};

}  // namespace

void shake_shake_forward(Type type, void* y, const void* a, const void* b, const StepState* state, int layer, int N,
                         long long S, cudaStream_t stream) {
  const int V = S % PACK == 0 ? PACK : 1;
  const int chunks = ceil_div(S, FLAT_THREADS * V);
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto kernel = V == PACK ? shake_shake_forward_kernel<T, PACK> : shake_shake_forward_kernel<T, 1>;
    launch("shake_shake_forward", kernel, dim3(N * chunks), dim3(FLAT_THREADS), 0, stream, static_cast<T*>(y),
           static_cast<const T*>(a), static_cast<const T*>(b), state, layer, S, chunks);
  });
}

void shake_shake_backward(Type type, void* da, void* db, const void* dy, const StepState* state, int layer, int N,
                          long long S, cudaStream_t stream) {
  const int V = S % PACK == 0 ? PACK : 1;
  const int chunks = ceil_div(S, FLAT_THREADS * V);
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto kernel = V == PACK ? shake_shake_backward_kernel<T, PACK> : shake_shake_backward_kernel<T, 1>;
    launch("shake_shake_backward", kernel, dim3(N * chunks), dim3(FLAT_THREADS), 0, stream, static_cast<T*>(da),
           static_cast<T*>(db), static_cast<const T*>(dy), state, layer, S, chunks);
  });
}

void shake_shake_inference(Type type, void* y, const void* a, const void* b, long long count, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_flat("shake_shake_inference",
                Mean<T>{static_cast<T*>(y), static_cast<const T*>(a), static_cast<const T*>(b)}, count, stream);
  });
}
