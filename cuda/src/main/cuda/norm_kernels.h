// Batch norm, with what is merged into its passes.
#pragma once

#include "excite_kernels.h"
#include "types.h"

// As BatchNorm.java has them.
constexpr float NORM_EPSILON = 1e-5f;
constexpr float NORM_MOMENTUM = 0.1f;

// One batch norm in a statistics pass: reads moments (N, 2, C), scale, shift; writes statistics (4, C) and updates the
// running ones.
struct NormForward {
  float* statistics;
  float* running_mean;
  float* running_variance;
  const float* moments;
  const float* scale;
  const float* shift;
};

// Adds to d_scale and d_shift, writes coefficients (2, C); reads sums (N, 2, C), statistics, moments.
struct NormBackward {
  float* d_scale;
  float* d_shift;
  float* coefficients;
  const float* sums;
  const float* statistics;
  const float* moments;
};

void batchnorm_moments(Type type, float* moments, const void* x, int N, int P, int C, cudaStream_t stream);

// `residual` may have no statistics, `excite` no squeeze: then they are not there.
void batchnorm_statistics(const NormForward& norm, const NormForward& residual, const ExciteForward& excite, int N,
                          int P, int C, cudaStream_t stream);

// mask, residual, residual_statistics and gate may be null.
void batchnorm_forward(Type type, void* out, std::uint8_t* mask, const void* x, const void* residual,
                       const float* statistics, const float* residual_statistics, const float* gate, int N, int P,
                       int C, cudaStream_t stream);

// residual_sums and residual are null where the residual has no norm; mask is null without a ReLU.
void batchnorm_backward_sums(Type type, float* sums, float* residual_sums, const void* d_out, const std::uint8_t* mask,
                             const void* x, const void* residual, int N, int P, int C, cudaStream_t stream);

// `excite.d_gate` is written here. `residual` may have no coefficients, `excite` no gate.
void batchnorm_backward_statistics(const NormBackward& norm, const NormBackward& residual, const ExciteBackward& excite,
                                   int N, int P, int C, cudaStream_t stream);

// d_residual is null without a residual; residual and its two are null where it has no norm; gate and d_squeeze are
// null without an excitation. dx may be d_out itself.
void batchnorm_backward(Type type, void* dx, void* d_residual, const void* d_out, const std::uint8_t* mask,
                        const void* x, const void* residual, const float* statistics, const float* coefficients,
                        const float* residual_statistics, const float* residual_coefficients, const float* gate,
                        const float* d_squeeze, int N, int P, int C, cudaStream_t stream);
