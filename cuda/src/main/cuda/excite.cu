// Squeeze-and-excitation where it stands alone: squeeze(n, c) = mean of x over space, or its maximum, then hidden and gate;
// backward, d_gate(n, c) = sum over space of dy x, then the gradients of both layers and of the squeeze.
//
// x, dy (N, P, C); winners (N, C) the position of each maximum, the first of equals. One read of each, then one launch for
// the small layers.
#include "dispatch.cuh"
#include "excitation.cuh"
#include "excite_kernels.h"

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
    const int steps = steps_between(threadIdx.y, P, blockDim.y);
#pragma unroll 4
    for (int step = 0; step < steps; ++step) {
      const long long at = (static_cast<long long>(n) * P + threadIdx.y + step * blockDim.y) * C + c;
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

// Each thread finds the largest of its positions, a tree over the rows the largest of all.
template <class T, int V>
KERNEL(TILE_THREADS)
excite_maximum_kernel(float* __restrict__ squeeze, float* __restrict__ winners, const T* __restrict__ x, int P, int C) {
  SHARED(float, largest, TILE_THREADS* V);
  SHARED(int, position, TILE_THREADS* V);
  const int n = blockIdx.x;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  const int thread = threadIdx.y * blockDim.x + threadIdx.x;
  Values<V> best;
  int at[V];
#pragma unroll
  for (int i = 0; i < V; ++i) {
    best.v[i] = -INFINITY;
    at[i] = P;
  }
  if (c < C) {
#pragma unroll 4
    for (int p = threadIdx.y; p < P; p += blockDim.y) {
      const Values<V> value = load_values<V>(x + (static_cast<long long>(n) * P + p) * C + c);
#pragma unroll
      for (int i = 0; i < V; ++i) {
        if (value.v[i] > best.v[i] || value.v[i] != value.v[i]) {  // a NaN is not to get lost
          best.v[i] = value.v[i];
          at[i] = p;
        }
      }
    }
  }
#pragma unroll
  for (int i = 0; i < V; ++i) {
    largest[i * TILE_THREADS + thread] = best.v[i];
    position[i * TILE_THREADS + thread] = at[i];
  }
  for (int half = blockDim.y / 2; half > 0; half /= 2) {
    __syncthreads();
    if (static_cast<int>(threadIdx.y) < half) {
#pragma unroll
      for (int i = 0; i < V; ++i) {
        const int mine = i * TILE_THREADS + thread;
        const int other = mine + half * blockDim.x;
        const bool first = largest[other] == largest[mine] && position[other] < position[mine];
        if (largest[other] > largest[mine] || largest[other] != largest[other] || first) {
          largest[mine] = largest[other];
          position[mine] = position[other];
        }
      }
    }
  }
  if (threadIdx.y == 0 && c < C) {
#pragma unroll
    for (int i = 0; i < V; ++i) {
      squeeze[static_cast<long long>(n) * C + c + i] = largest[i * TILE_THREADS + thread];
      winners[static_cast<long long>(n) * C + c + i] = static_cast<float>(position[i * TILE_THREADS + thread]);
    }
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
  launch("excite_maximum", excite_maximum_kernel<T, V>, dim3(N, tile.tiles(C, V)), tile.block(), 0, stream, squeeze,
         winners, x, P, C);
}

void maxima(Type type, float* squeeze, float* winners, const void* x, int N, int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = C % PACK == 0 ? maxima<T, PACK> : maxima<T, 1>;
    pass(squeeze, winners, static_cast<const T*>(x), N, P, C, stream);
  });
}

}  // namespace

void excite_forward(Type type, const ExciteForward& excite, float* winners, const void* x, int N, int P, int C,
                    cudaStream_t stream) {
  if (winners == nullptr) {
    sums(type, excite.squeeze, x, nullptr, 1.0f / P, N, P, C, stream);
  } else {
    maxima(type, excite.squeeze, winners, x, N, P, C, stream);
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
