// A small matrix product by the blocks of a grid, for what lies between two passes over memory: s(i, j) = sum over k of
// a(i, k) b(j, k), handed to store(i, j, s). Operands are functions, so that they may be computed on the way.
#pragma once

#include "channel_tile.cuh"

constexpr int MATMUL_TILE = 32;

// Which index of an operand lies side by side in memory: neighbouring threads take neighbouring values.
enum class Fast { ROW, K };

namespace matmul_detail {
template <Fast fast, class Operand>
__device__ __forceinline__ void fill(float* tile, int thread, int first_row, int rows, int first_k, int K,
                                     Operand operand) {
#pragma unroll
  for (int e = thread; e < MATMUL_TILE * MATMUL_TILE; e += TILE_THREADS) {
    const int row = fast == Fast::ROW ? e % MATMUL_TILE : e / MATMUL_TILE;
    const int k = fast == Fast::ROW ? e / MATMUL_TILE : e % MATMUL_TILE;
    const bool inside = first_row + row < rows && first_k + k < K;
    tile[row * (MATMUL_TILE + 1) + k] = inside ? operand(first_row + row, first_k + k) : 0.0f;
  }
}
}  // namespace matmul_detail

template <Fast fast_a, Fast fast_b, class A, class B, class Store>
__device__ __forceinline__ void matmul(int I, int J, int K, A a, B b, Store store) {
  SHARED(float, tile_a, MATMUL_TILE*(MATMUL_TILE + 1));
  SHARED(float, tile_b, MATMUL_TILE*(MATMUL_TILE + 1));
  const int thread = threadIdx.y * blockDim.x + threadIdx.x;
  const int row = thread / 16;
  const int column = thread % 16;
  const int tiles_j = (J + MATMUL_TILE - 1) / MATMUL_TILE;
  const int tiles = (I + MATMUL_TILE - 1) / MATMUL_TILE * tiles_j;
  for (int t = blockIdx.x; t < tiles; t += gridDim.x) {
    const int i = t / tiles_j * MATMUL_TILE;
    const int j = t % tiles_j * MATMUL_TILE;
    float sum[2][2] = {};
    for (int k = 0; k < K; k += MATMUL_TILE) {
      __syncthreads();  // the tile before has been read
      matmul_detail::fill<fast_a>(tile_a, thread, i, I, k, K, a);
      matmul_detail::fill<fast_b>(tile_b, thread, j, J, k, K, b);
      __syncthreads();
#pragma unroll
      for (int kk = 0; kk < MATMUL_TILE; ++kk) {
#pragma unroll
        for (int u = 0; u < 2; ++u) {
#pragma unroll
          for (int v = 0; v < 2; ++v) {
            sum[u][v] +=
                tile_a[(row + 16 * u) * (MATMUL_TILE + 1) + kk] * tile_b[(column + 16 * v) * (MATMUL_TILE + 1) + kk];
          }
        }
      }
    }
#pragma unroll
    for (int u = 0; u < 2; ++u) {
#pragma unroll
      for (int v = 0; v < 2; ++v) {
        if (i + row + 16 * u < I && j + column + 16 * v < J) store(i + row + 16 * u, j + column + 16 * v, sum[u][v]);
      }
    }
  }
}

// The sum over k of a(i, k) for each i, likewise handed to store(i, s): a thread for each i, so neighbouring i should
// lie side by side.
template <class A, class Store>
__device__ __forceinline__ void sum_columns(int I, int K, A a, Store store) {
  const int threads = gridDim.x * TILE_THREADS;
  for (int i = blockIdx.x * TILE_THREADS + threadIdx.y * blockDim.x + threadIdx.x; i < I; i += threads) {
    float sum = 0;
#pragma unroll 8
    for (int k = 0; k < K; ++k) sum += a(i, k);
    store(i, sum);
  }
}
