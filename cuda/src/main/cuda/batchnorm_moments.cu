// Batch norm, first pass: per sample and channel the mean of x over space, and the sum of squared deviations from it.
//
// x (N, P, C), moments (N, 2, C). One read. Each thread sums deviations from the first value that it sees, and means are
// kept as distances from the sample's first value, so that neither an outlier nor a mean far from zero costs precision;
// partial results merge as Chan, Golub and LeVeque (1983) do.
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "moments.cuh"
#include "norm_kernels.h"

namespace {

template <class T, int V>
KERNEL(TILE_THREADS)
batchnorm_moments_kernel(float* __restrict__ moments, const T* __restrict__ x, int P, int C) {
  SHARED(float, means, TILE_THREADS* V);
  SHARED(float, squares, TILE_THREADS* V);
  SHARED(float, counts, TILE_THREADS);
  const int n = blockIdx.x;
  const int lanes = blockDim.x;
  const int rows = blockDim.y;
  const int c = (blockIdx.y * lanes + threadIdx.x) * V;
  const int row = threadIdx.y;
  const int thread = row * lanes + threadIdx.x;
  Values<V> origin = {};
  Values<V> first = {};
  Values<V> sum = {};
  Values<V> square = {};
  if (c < C && row < P) {
    const T* sample = x + static_cast<long long>(n) * P * C + c;
    origin = load_values<V>(sample);
    first = load_values<V>(sample + static_cast<long long>(row) * C);
    const T* others = sample + static_cast<long long>(row + rows) * C;
    const int steps = steps_between(row + rows, P, rows);
    const long long stride = static_cast<long long>(rows) * C;
#pragma unroll 4
    for (int step = 0; step < steps; ++step) {
      const Values<V> value = load_values<V>(others + step * stride);
#pragma unroll
      for (int i = 0; i < V; ++i) {
        const float deviation = value.v[i] - first.v[i];
        sum.v[i] += deviation;
        square.v[i] += deviation * deviation;
      }
    }
  }
  const float count = row < P ? static_cast<float>((P - row + rows - 1) / rows) : 0.0f;
  const float share = count > 0 ? 1 / count : 0.0f;
  counts[thread] = count;
#pragma unroll
  for (int i = 0; i < V; ++i) {
    means[i * TILE_THREADS + thread] = (first.v[i] - origin.v[i]) + sum.v[i] * share;
    squares[i * TILE_THREADS + thread] = square.v[i] - sum.v[i] * sum.v[i] * share;
  }
  // A tree over the rows, which are a power of two.
  for (int half = rows / 2; half > 0; half /= 2) {
    __syncthreads();
    if (row < half) {
      const int other = thread + half * lanes;
      const Moments mine = {counts[thread], 0, 0};
      const Moments theirs = {counts[other], 0, 0};
#pragma unroll
      for (int i = 0; i < V; ++i) {
        const int here = i * TILE_THREADS + thread;
        const int there = i * TILE_THREADS + other;
        const Moments merged =
            merge({mine.count, means[here], squares[here]}, {theirs.count, means[there], squares[there]});
        means[here] = merged.mean;
        squares[here] = merged.squares;
      }
      counts[thread] = mine.count + theirs.count;
    }
  }
  if (row == 0 && c < C) {
    float* out = moments + static_cast<long long>(n) * 2 * C + c;
#pragma unroll
    for (int i = 0; i < V; ++i) {
      out[i] = origin.v[i] + means[i * TILE_THREADS + thread];
      out[C + i] = squares[i * TILE_THREADS + thread];
    }
  }
}

template <class T, int V>
void run(float* moments, const T* x, int N, int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("batchnorm_moments", batchnorm_moments_kernel<T, V>, dim3(N, tile.tiles(C, V)), tile.block(), 0, stream,
         moments, x, P, C);
}

}  // namespace

void batchnorm_moments(Type type, float* moments, const void* x, int N, int P, int C, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    auto values = static_cast<const T*>(x);
    C % PACK == 0 ? run<T, PACK>(moments, values, N, P, C, stream) : run<T, 1>(moments, values, N, P, C, stream);
  });
}
