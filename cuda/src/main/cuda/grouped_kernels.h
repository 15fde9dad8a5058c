// Grouped 3x3 convolution.
#pragma once

#include "types.h"

// Channels in and out are the same; x (N, H, W, C), y (N, (H-1)/stride+1, (W-1)/stride+1, C); padding is the dilation.
struct GroupedGeometry {
  int N, H, W, C;
  int group;  // channels in a group: 4, 8, 16, 32
  int stride;

  int out_height() const { return (H - 1) / stride + 1; }
  int out_width() const { return (W - 1) / stride + 1; }
};

// One of the convolutions that read the same x, as the branches of a selective kernel do.
struct GroupedForward {
  void* y;
  float* moments;       // of y, as batchnorm_moments writes them; or null
  const float* weight;  // (C, 3, 3, group); taken as numbers of y's type
  int dilation;
};

struct GroupedBackward {
  const void* dy;
  const float* weight;
  int dilation;
};

// The largest number of branches.
constexpr int GROUPED_BRANCHES = 3;

// Whether the kernels can do it: the rest is the library's.
bool grouped_convolution_supports(int in, int out, int groups, int kernel_height, int kernel_width, int stride,
                                  int dilation, int padding_height, int padding_width);

// Floats that the launchers below need as scratch; the first may be none.
long long grouped_convolution_moments_scratch(const GroupedGeometry& geometry, int branches);
long long grouped_convolution_weights_scratch(const GroupedGeometry& geometry);

// y_m = weight_m * x for one to three branches, x read once; either all have moments or none.
void grouped_convolution_forward(Type type, const GroupedForward* branches, int count, const void* x, float* scratch,
                                 const GroupedGeometry& geometry, cudaStream_t stream);

// dx, or what is added to dx, is the sum over branches of weight_m' * dy_m.
void grouped_convolution_backward_data(Type type, void* dx, bool accumulate, const GroupedBackward* branches, int count,
                                       const GroupedGeometry& geometry, cudaStream_t stream);

void grouped_convolution_backward_weights(Type type, float* d_weight, const void* x, const void* dy, float* scratch,
                                          int dilation, const GroupedGeometry& geometry, cudaStream_t stream);
