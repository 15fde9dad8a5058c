// Dropout (Srivastava et al., 2014), inverted: y = x kept / (1 - rate), and one bit per value; backward likewise from the
// bits. A value is kept where the random fraction of its flat index is at least the rate.
//
// The seed lies in device memory, so that a captured graph draws anew in each step. y may be x, dx may be dy.
#include "dispatch.cuh"
#include "elementwise_kernels.h"
#include "flat.cuh"
#include "random.cuh"
#include "step_kernels.h"

namespace {

template <class T>
__device__ __forceinline__ void scale_kept(T* y, const T* x, unsigned bits, float scale, long long i, int count) {
  Pack value = load_up_to(x + i, count);
#pragma unroll
  for (int k = 0; k < PACK; ++k) value.v[k] = bits >> k & 1 ? value.v[k] * scale : 0.0f;
  store_up_to(y + i, value, count);
}

template <class T>
struct Draw {
  T* y;
  std::uint8_t* mask;
  const T* x;
  const StepState* state;
  float rate;
  float scale;
  int layer;
  __device__ void operator()(long long i, int count) const {
    const unsigned long long stream = random_stream(state, layer);
    unsigned bits = 0;
#pragma unroll
    for (int k = 0; k < PACK; ++k) {
      if (k < count && random_fraction(stream, i + k) >= rate) bits |= 1u << k;
    }
    mask[i / 8] = static_cast<std::uint8_t>(bits);
    scale_kept(y, x, bits, scale, i, count);
  }
};

template <class T>
struct Again {
  T* dx;
  const T* dy;
  const std::uint8_t* mask;
  float scale;
  __device__ void operator()(long long i, int count) const { scale_kept(dx, dy, mask[i / 8], scale, i, count); }
};

}  // namespace

void dropout_forward(Type type, void* y, std::uint8_t* mask, const void* x, const StepState* state, float rate,
                     int layer, long long count, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_flat("dropout_forward",
                Draw<T>{static_cast<T*>(y), mask, static_cast<const T*>(x), state, rate, 1 / (1 - rate), layer}, count,
                stream);
  });
}

void dropout_backward(Type type, void* dx, const void* dy, const std::uint8_t* mask, float rate, long long count,
                      cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_flat("dropout_backward", Again<T>{static_cast<T*>(dx), static_cast<const T*>(dy), mask, 1 / (1 - rate)},
                count, stream);
  });
}
