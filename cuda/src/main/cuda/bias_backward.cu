// Adds the sum of dy over samples and positions to a bias's gradient.
//
// dy (M, C), M = N P; d_bias (C). Blocks leave sums of their rows in scratch, a second launch adds those up: the order
// depends on the sizes alone.
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "step_kernels.h"

namespace {

constexpr int ROWS_OF_THREAD = 8;
constexpr int BLOCKS = 1024;

// Over how many blocks the M rows are spread.
int chunks_of(long long M, int C) {
  const int V = C % PACK == 0 ? PACK : 1;
  const ChannelTile tile = ChannelTile::of(C, V);
  const long long wanted = ceil_div(M, tile.rows() * ROWS_OF_THREAD);
  const long long most = max(1, BLOCKS / tile.tiles(C, V));
  return static_cast<int>(wanted < most ? wanted : most);
}

template <class T, int V>
KERNEL(TILE_THREADS)
bias_backward_rows_kernel(float* __restrict__ scratch, const T* __restrict__ dy, long long M, int C) {
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  float sum[1][V] = {};
  if (c < C) {
    const int step = gridDim.x * blockDim.y;
#pragma unroll 4
    for (long long m = blockIdx.x * blockDim.y + threadIdx.y; m < M; m += step) {
      const Values<V> gradient = load_values<V>(dy + m * C + c);
#pragma unroll
      for (int i = 0; i < V; ++i) sum[0][i] += gradient.v[i];
    }
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && c < C) {
#pragma unroll
    for (int i = 0; i < V; ++i) scratch[static_cast<long long>(blockIdx.x) * C + c + i] = sum[0][i];
  }
}

KERNEL(TILE_THREADS)
bias_backward_kernel(float* __restrict__ d_bias, const float* __restrict__ scratch, int chunks, int C) {
  const int c = blockIdx.x * WARP + threadIdx.x;
  float sum[1][1] = {};
  if (c < C) {
#pragma unroll 4
    for (int i = threadIdx.y; i < chunks; i += blockDim.y) sum[0][0] += scratch[static_cast<long long>(i) * C + c];
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && c < C) d_bias[c] += sum[0][0];
}

template <class T, int V>
void rows(float* scratch, const T* dy, int chunks, long long M, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  launch("bias_backward_rows", bias_backward_rows_kernel<T, V>, dim3(chunks, tile.tiles(C, V)), tile.block(), 0, stream,
         scratch, dy, M, C);
}

}  // namespace

long long bias_backward_scratch(long long M, int C) { return static_cast<long long>(chunks_of(M, C)) * C; }

void bias_backward(Type type, float* d_bias, float* scratch, const void* dy, long long M, int C, cudaStream_t stream) {
  const int chunks = chunks_of(M, C);
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = C % PACK == 0 ? rows<T, PACK> : rows<T, 1>;
    pass(scratch, static_cast<const T*>(dy), chunks, M, C, stream);
  });
  launch("bias_backward", bias_backward_kernel, dim3(ceil_div(C, WARP)), dim3(WARP, TILE_THREADS / WARP), 0, stream,
         d_bias, scratch, chunks, C);
}
