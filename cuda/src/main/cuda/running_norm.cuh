// A batch norm with its running statistics is a x + b.
#pragma once

#include "dispatch.cuh"
#include "inference_kernels.h"
#include "norm_kernels.h"

__device__ __forceinline__ float norm_slope(const RunningNorm& norm, int c) {
  return norm.scale[c] / sqrtf(norm.variance[c] + NORM_EPSILON);
}

__device__ __forceinline__ float norm_offset(const RunningNorm& norm, float slope, int c) {
  return norm.shift[c] - slope * norm.mean[c];
}
