// Every launcher, in the order of Kernels.java; each is defined in the file that bears its op's name. Arguments run
// outputs, inputs, sizes, stream: N samples, P positions, C channels, layout (N, P, C). Activations are `void*` of the
// given type; everything small is float. Parameter gradients accumulate, activation gradients overwrite.
#pragma once

#include "device.cuh"

enum class Type { FLOAT32 = 0, BFLOAT16 = 1, FLOAT16 = 2 };

// What turns the second layer of an excitation into a gate.
enum class Gate { SIGMOID = 0, TANH = 1, RELU = 2 };

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

// gate = act(W2 relu(W1 squeeze + b1) + b2), R hidden units; the biases may be null.
struct ExciteForward {
  float* squeeze;  // (N, C)
  float* hidden;   // (N, R)
  float* gate;     // (N, C)
  const float* weight1;
  const float* bias1;
  const float* weight2;
  const float* bias2;
  int R;
  Gate kind;
};

// From d_gate (N, C): adds to the four parameters' gradients, writes d_squeeze (N, C); d_hidden is scratch (N, R).
struct ExciteBackward {
  float* d_weight1;
  float* d_bias1;
  float* d_weight2;
  float* d_bias2;
  float* d_squeeze;
  float* d_gate;
  float* d_hidden;
  const float* squeeze;
  const float* hidden;
  const float* gate;
  const float* weight1;
  const float* weight2;
  int R;
  Gate kind;
};

// ---- batch norm, with what is merged into its passes ------------------------------------------------------------

void batchnorm_moments(Type type, float* moments, const void* x, int N, int P, int C, cudaStream_t stream);

// `residual` may have no statistics, `excite` no squeeze: then they are not there.
void batchnorm_statistics(const NormForward& norm, const NormForward& residual, const ExciteForward& excite, int N,
                          int P, int C, cudaStream_t stream);

// mask, residual, residual_statistics and gate may be null.
void batchnorm_forward(Type type, void* out, std::uint8_t* mask, const void* x, const void* residual,
                       const float* statistics, const float* residual_statistics, const float* gate, int N, int P,
                       int C, cudaStream_t stream);

// residual_sums and residual are null where the residual has no norm; mask is null without a ReLU.
void batchnorm_backward_sums(Type type, float* sums, float* residual_sums, const void* d_out,
                             const std::uint8_t* mask, const void* x, const void* residual, int N, int P, int C,
                             cudaStream_t stream);

// `excite.d_gate` is written here. `residual` may have no coefficients, `excite` no gate.
void batchnorm_backward_statistics(const NormBackward& norm, const NormBackward& residual,
                                   const ExciteBackward& excite, int N, int P, int C, cudaStream_t stream);

// d_residual is null without a residual; residual and its two are null where it has no norm; gate and d_squeeze are
// null without an excitation. dx may be d_out itself.
void batchnorm_backward(Type type, void* dx, void* d_residual, const void* d_out, const std::uint8_t* mask,
                        const void* x, const void* residual, const float* statistics, const float* coefficients,
                        const float* residual_statistics, const float* residual_coefficients, const float* gate,
                        const float* d_squeeze, int N, int P, int C, cudaStream_t stream);

// ---- squeeze-and-excitation where it stands alone ---------------------------------------------------------------

// With winners (N, C) the squeeze is the maximum and they are its positions; null for the mean.
void excite_forward(Type type, const ExciteForward& excite, float* winners, const void* x, int N, int P, int C,
                    cudaStream_t stream);

void excite_backward(Type type, const ExciteBackward& excite, const void* dy, const void* x, int N, int P, int C,
                     cudaStream_t stream);

// ---- what the launchers share -----------------------------------------------------------------------------------

// Calls body with a value of the type's C++ type.
template <class Body>
void dispatch(Type type, Body body) {
  switch (type) {
    case Type::FLOAT32: return body(float{});
    case Type::BFLOAT16: return body(bfloat16{});
    case Type::FLOAT16: return body(float16{});
  }
}

inline int ceil_div(long long a, long long b) { return static_cast<int>((a + b - 1) / b); }
