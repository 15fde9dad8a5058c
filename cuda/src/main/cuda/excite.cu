// Squeeze-and-excitation where it stands alone: squeeze(n, c) = mean of x over space, or its maximum,
// then hidden and gate; backward,
// d_gate(n, c) = sum over space of dy x, then the gradients of both layers and of the squeeze.
//
// x, dy (N, P, C). One read of each, then one launch for the small layers.
#include "excitation.cuh"
#include "squeeze_maximum.cuh"

namespace {

// sums(n, c) = share * sum over space of x, or of dy x.
template <class T, int V>
KERNEL(TILE_THREADS)
excite_sums_kernel(float* __restrict__ sums, const T* __restrict__ x, const T* __restrict__ dy, float share, int P,
                   int C) {
  const int n = blockIdx.x;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  float sum[1][V] = {};
  if (c < C) {
#pragma unroll 4
    for (int p = threadIdx.y; p < P; p += blockDim.y) {
      const long long at = (static_cast<long long>(n) * P + p) * C + c;
      Values<V> value = load_values<V>(x + at);
      if (dy != nullptr) {
        const Values<V> factor = load_values<V>(dy + at);
#pragma unroll
        for (int i = 0; i < V; ++i) value.v[i] *= factor.v[i];
      }
#pragma unroll
      for (int i = 0; i < V; ++i) sum[0][i] += value.v[i];
    }
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && c < C) {
#pragma unroll
    for (int i = 0; i < V; ++i) sums[static_cast<long long>(n) * C + c + i] = share * sum[0][i];
  }
}

KERNEL(TILE_THREADS) excite_forward_kernel(ExciteForward e, int N, int C) { excite(e, N, C); }

KERNEL(TILE_THREADS) excite_backward_kernel(ExciteBackward e, int N, int C) { excite_gradients(e, N, C); }

template <class T, int V>
void sums(float* to, const T* x, const T* dy, float share, int N, int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("excite_sums", excite_sums_kernel<T, V>, dim3(N, tile.tiles(C, V)), tile.block(), 0, stream, to, x, dy, share,
         P, C);
}

void sums(Type type, float* to, const void* x, const void* dy, float share, int N, int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = C % PACK == 0 ? sums<T, PACK> : sums<T, 1>;
    pass(to, static_cast<const T*>(x), static_cast<const T*>(dy), share, N, P, C, stream);
  });
}

template <class T, int V>
void maxima(float* squeeze, float* winners, const T* x, int N, int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("squeeze_maximum", squeeze_maximum_kernel<T, V>, dim3(N, tile.tiles(C, V)), tile.block(), 0, stream, squeeze,
         winners, x, P, C);
}

}  // namespace

void excite_forward(Type type, const ExciteForward& excite, float* winners, const void* x, int N, int P, int C,
                    cudaStream_t stream) {
  if (winners == nullptr) {
    sums(type, excite.squeeze, x, nullptr, 1.0f / P, N, P, C, stream);
  } else {
    dispatch(type, [&](auto zero) {
      using T = decltype(zero);
      const auto pass = C % PACK == 0 ? maxima<T, PACK> : maxima<T, 1>;
      pass(excite.squeeze, winners, static_cast<const T*>(x), N, P, C, stream);
    });
  }
  launch_cooperative("excite_forward", excite_forward_kernel, dim3(excite_blocks(excite_forward_kernel, N, C)),
                     dim3(TILE_THREADS), stream, excite, N, C);
}

void excite_backward(Type type, const ExciteBackward& excite, const void* dy, const void* x, int N, int P, int C,
                     cudaStream_t stream) {
  sums(type, excite.d_gate, x, dy, 1.0f, N, P, C, stream);
  launch_cooperative("excite_backward", excite_backward_kernel, dim3(excite_blocks(excite_backward_kernel, N, C)),
                     dim3(TILE_THREADS), stream, excite, N, C);
}
