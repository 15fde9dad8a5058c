// Dropout (Srivastava et al., 2014), inverted: y = x kept / (1 - rate), and one bit per value; backward likewise from the
// bits. A value is kept where 24 bits of a hash, read as a fraction, are at least the rate; the hash is SplitMix64's
// finaliser (Steele et al., 2014) of the step's seed, the layer's number and the value's flat index.
//
// The seed lies in device memory, so that a captured graph draws anew in each step. y may be x, dx may be dy.
#include "flat.cuh"

namespace {

__device__ __forceinline__ unsigned long long mix(unsigned long long v) {
  v = (v ^ (v >> 30)) * 0xBF58476D1CE4E5B9ull;
  v = (v ^ (v >> 27)) * 0x94D049BB133111EBull;
  return v ^ (v >> 31);
}

__device__ __forceinline__ bool kept(unsigned long long stream, unsigned long long index, float rate) {
  const unsigned long long hash = mix(stream ^ (index * 0xD1B54A32D192ED03ull));
  return static_cast<float>(hash >> 40) * 0x1p-24f >= rate;  // 24 bits: exact
}

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
    const auto seed = static_cast<unsigned long long>(state->seed);
    const auto number = static_cast<unsigned long long>(static_cast<long long>(layer));
    const unsigned long long stream = seed + number * 0x9E3779B97F4A7C15ull;
    unsigned bits = 0;
#pragma unroll
    for (int k = 0; k < PACK; ++k) {
      if (k < count && kept(stream, static_cast<unsigned long long>(i + k), rate)) bits |= 1u << k;
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
