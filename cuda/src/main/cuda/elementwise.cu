// Value by value: relu, y = x where x > 0; sigmoid, y = 1 / (1 + exp(-x)); their gradients from y; y = a + b, y += x,
// y = factor x, y = x, y = 0, and changes of type. One read of each input, one write. Outputs may be inputs of the same
// type.
#include "dispatch.cuh"
#include "elementwise_kernels.h"
#include "flat.cuh"

namespace {

struct Same {
  __device__ float operator()(float v) const { return v; }
};

struct Relu {
  __device__ float operator()(float v) const { return v <= 0 ? 0.0f : v; }  // a NaN stays one
};

struct Sigmoid {
  __device__ float operator()(float v) const { return 1 / (1 + expf(-v)); }
};

struct ReluSlope {
  __device__ float operator()(float dy, float y) const { return y > 0 ? dy : 0.0f; }
};

struct SigmoidSlope {
  __device__ float operator()(float dy, float y) const { return dy * y * (1 - y); }
};

struct Sum {
  __device__ float operator()(float a, float b) const { return a + b; }
};

// y = f(x)
template <class To, class From, class F>
struct Unary {
  To* y;
  const From* x;
  __device__ void operator()(long long i, int count) const {
    Pack value = load_up_to(x + i, count);
#pragma unroll
    for (int k = 0; k < PACK; ++k) value.v[k] = F()(value.v[k]);
    store_up_to(y + i, value, count);
  }
};

// y = factor x
template <class T>
struct Times {
  T* y;
  const T* x;
  float factor;
  __device__ void operator()(long long i, int count) const {
    Pack value = load_up_to(x + i, count);
#pragma unroll
    for (int k = 0; k < PACK; ++k) value.v[k] *= factor;
    store_up_to(y + i, value, count);
  }
};

// y = f(a, b)
template <class T, class F>
struct Binary {
  T* y;
  const T* a;
  const T* b;
  __device__ void operator()(long long i, int count) const {
    Pack value = load_up_to(a + i, count);
    const Pack other = load_up_to(b + i, count);
#pragma unroll
    for (int k = 0; k < PACK; ++k) value.v[k] = F()(value.v[k], other.v[k]);
    store_up_to(y + i, value, count);
  }
};

// Bytes.
struct Zero {
  std::uint8_t* y;
  __device__ void operator()(long long i, int count) const {
    if (count == PACK) {
      require_aligned(y + i, sizeof(uint2));
      *reinterpret_cast<uint2*>(y + i) = make_uint2(0, 0);
    } else {
      for (int k = 0; k < count; ++k) y[i + k] = 0;
    }
  }
};

template <class F>
void unary(const char* name, Type type, void* y, const void* x, long long count, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_flat(name, Unary<T, T, F>{static_cast<T*>(y), static_cast<const T*>(x)}, count, stream);
  });
}

template <class F>
void binary(const char* name, Type type, void* y, const void* a, const void* b, long long count, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_flat(name, Binary<T, F>{static_cast<T*>(y), static_cast<const T*>(a), static_cast<const T*>(b)}, count,
                stream);
  });
}

}  // namespace

void relu_forward(Type type, void* y, const void* x, long long count, cudaStream_t stream) {
  unary<Relu>("relu_forward", type, y, x, count, stream);
}

void relu_backward(Type type, void* dx, const void* dy, const void* y, long long count, cudaStream_t stream) {
  binary<ReluSlope>("relu_backward", type, dx, dy, y, count, stream);
}

void sigmoid_forward(Type type, void* y, const void* x, long long count, cudaStream_t stream) {
  unary<Sigmoid>("sigmoid_forward", type, y, x, count, stream);
}

void sigmoid_backward(Type type, void* dx, const void* dy, const void* y, long long count, cudaStream_t stream) {
  binary<SigmoidSlope>("sigmoid_backward", type, dx, dy, y, count, stream);
}

void add_forward(Type type, void* y, const void* a, const void* b, long long count, cudaStream_t stream) {
  binary<Sum>("add_forward", type, y, a, b, count, stream);
}

void accumulate(Type type, void* y, const void* x, long long count, cudaStream_t stream) {
  binary<Sum>("accumulate", type, y, y, x, count, stream);
}

void times(Type type, void* y, const void* x, float factor, long long count, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch_flat("times", Times<T>{static_cast<T*>(y), static_cast<const T*>(x), factor}, count, stream);
  });
}

void copy(Type type, void* y, const void* x, long long count, cudaStream_t stream) {
  unary<Same>("copy", type, y, x, count, stream);
}

void convert(Type to, void* y, Type from, const void* x, long long count, cudaStream_t stream) {
  dispatch(to, [&](auto zero_y) {
    using To = decltype(zero_y);
    dispatch(from, [&](auto zero_x) {
      using From = decltype(zero_x);
      launch_flat("convert", Unary<To, From, Same>{static_cast<To*>(y), static_cast<const From*>(x)}, count, stream);
    });
  });
}

void zero(void* y, long long bytes, cudaStream_t stream) {
  launch_flat("zero", Zero{static_cast<std::uint8_t*>(y)}, bytes, stream);
}
