// What one launch of the grouped convolution does: forward for some branches of one input, or the gradient of that input.
#pragma once

#include "grouped_kernels.h"
#include "grouped_tile.cuh"

namespace {

struct Pass {
  const void* in[GROUPED_BRANCHES];
  void* out[GROUPED_BRANCHES];
  const float* weight[GROUPED_BRANCHES];
  float* moments[GROUPED_BRANCHES];
  int dilation[GROUPED_BRANCHES];
  int inputs, outputs;  // one of them is one
  int N, C;
  int in_height, in_width, out_height, out_width;
  int multiply;
  int shift;  // divides by 1 << shift
  bool transposed;
  bool accumulate;
  int halo;  // the largest dilation
  int tile_height, tile_width;
  int rows, columns;  // of the halo tile
  int samples;        // for each block; or
  int parts;          // blocks for each sample
};

}  // namespace
