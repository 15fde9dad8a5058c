// A batch norm with its running statistics is a x + b.
#pragma once

#include "kernels.h"

constexpr float NORM_EPSILON = 1e-5f;

__device__ __forceinline__ float norm_slope(const RunningNorm& norm, int c) {
  return norm.scale[c] / sqrtf(norm.variance[c] + NORM_EPSILON);
}

__device__ __forceinline__ float norm_offset(const RunningNorm& norm, float slope, int c) {
  return norm.shift[c] - slope * norm.mean[c];
}
