// The first of a tensor's channels, with zeros where there are not enough, in another type if need be; or their sum with
// what is there: y(m, d) = x(m, d) for d < C, else 0. It pads the weights of a first convolution, whose input channels the
// backend pads, and takes the padding off their gradient.
//
// x (M, C), y (M, D).
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "step_kernels.h"

namespace {

template <class To, class From>
KERNEL(TILE_THREADS)
resize_channels_kernel(To* __restrict__ y, const From* __restrict__ x, bool accumulate, long long count, int C, int D) {
  const long long i = static_cast<long long>(blockIdx.x) * TILE_THREADS + threadIdx.x;
  if (i >= count) return;
  const int d = static_cast<int>(i % D);
  float v = d < C ? to_float(x[i / D * C + d]) : 0.0f;
  if (accumulate) v += to_float(y[i]);
  y[i] = from_float<To>(v);
}

}  // namespace

void resize_channels(Type to, void* y, Type from, const void* x, bool accumulate, long long M, int C, int D,
                     cudaStream_t stream) {
  dispatch(to, [&](auto zero_y) {
    using To = decltype(zero_y);
    dispatch(from, [&](auto zero_x) {
      using From = decltype(zero_x);
      launch("resize_channels", resize_channels_kernel<To, From>, dim3(ceil_div(M * D, TILE_THREADS)),
             dim3(TILE_THREADS), 0, stream, static_cast<To*>(y), static_cast<const From*>(x), accumulate, M * D, C, D);
    });
  });
}
