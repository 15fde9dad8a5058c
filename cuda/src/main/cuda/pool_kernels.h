// Pooling.
#pragma once

#include "types.h"

// Windows of a pooling, from (H, W) to (P, Q); padding is on both sides, the kernel at most 15.
struct PoolGeometry {
  int H, W, P, Q;
  int kernel, stride, padding;
  bool count_padding;
};

// winners is null for inference.
void max_pool_forward(Type type, void* y, std::uint8_t* winners, const void* x, const PoolGeometry& g, int N, int C,
                      cudaStream_t stream);
void max_pool_backward(Type type, void* dx, const void* dy, const std::uint8_t* winners, const PoolGeometry& g, int N,
                       int C, cudaStream_t stream);
void average_pool_forward(Type type, void* y, const void* x, const PoolGeometry& g, int N, int C, cudaStream_t stream);
void average_pool_backward(Type type, void* dx, const void* dy, const PoolGeometry& g, int N, int C,
                           cudaStream_t stream);
void global_average_pool_forward(Type type, void* y, const void* x, int N, int P, int C, cudaStream_t stream);
void global_average_pool_backward(Type type, void* dx, const void* dy, int N, int P, int C, cudaStream_t stream);
