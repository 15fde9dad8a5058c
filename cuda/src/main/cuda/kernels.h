// Every launcher, in the order of Kernels.java; each is defined in the file that bears its op's name. Arguments run
// outputs, inputs, sizes, stream: N samples, P positions, C channels, layout (N, P, C). Activations are `void*` of the
// given type; everything small is float. Parameter gradients accumulate, activation gradients overwrite. What a kernel
// reads in packs, small tensors included, starts at a multiple of 16 bytes.
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

// One pointer, or one struct, for each of M branches; M is one to three.
constexpr int MAX_BRANCHES = 3;
template <class E>
struct Branches {
  E of[MAX_BRANCHES];
};

// What selects among M branches: linear = W squeeze, hidden = relu(norm over the batch of linear), weights = softmax over
// m of A_m hidden; D hidden units. The norm has N values per unit and no moments.
struct SelectForward {
  float* squeeze;  // (N, C)
  float* linear;   // (N, D)
  NormForward norm;
  float* hidden;   // (N, D)
  float* weights;  // (N, M, C)
  const float* squeeze_weight;  // W, (D, C)
  const float* select_weight;   // A, (M C, D)
  int D;
};

// Adds to the parameters' gradients, writes d_squeeze (N, C); d_logits (N, M, C) and d_hidden (N, D) are scratch.
struct SelectBackward {
  float* d_squeeze_weight;
  float* d_scale;
  float* d_shift;
  float* d_select_weight;
  float* d_squeeze;
  float* d_logits;
  float* d_hidden;
  const float* squeeze;
  const float* linear;
  const float* statistics;  // (4, D)
  const float* hidden;
  const float* weights;
  const float* squeeze_weight;
  const float* select_weight;
  int D;
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

// ---- selective kernels: M branches, each a convolution's output x_m behind a norm and a ReLU -------------------------

// Each branch's statistics from its moments.
void select_statistics(const Branches<NormForward>& norms, int M, int N, int P, int C, cudaStream_t stream);

// counts (N, 2M, C): rows 2m and 2m + 1 of branch m.
void select_squeeze(Type type, float* counts, const Branches<const void*>& xs, const Branches<const float*>& statistics,
                    int M, int N, int P, int C, cudaStream_t stream);

void select_fuse(const SelectForward& select, const float* counts, const Branches<const float*>& statistics, int M,
                 int N, int P, int C, cudaStream_t stream);

// weights (N, M, C).
void select_forward(Type type, void* out, const Branches<const void*>& xs, const Branches<const float*>& statistics,
                    const float* weights, int M, int N, int P, int C, cudaStream_t stream);

// sums (N, 2M, C), as counts.
void select_backward_sums(Type type, float* sums, const void* d_out, const Branches<const void*>& xs,
                          const Branches<const float*>& statistics, int M, int N, int P, int C, cudaStream_t stream);

// Of the norms no sums and moments are read; all statistics are there.
void select_backward_statistics(const SelectBackward& select, const Branches<NormBackward>& norms, const float* sums,
                                const float* counts, int M, int N, int P, int C, cudaStream_t stream);

void select_backward(Type type, const Branches<void*>& dxs, const void* d_out, const Branches<const void*>& xs,
                     const Branches<const float*>& statistics, const Branches<const float*>& coefficients,
                     const float* weights, const float* d_squeeze, int M, int N, int P, int C, cudaStream_t stream);

// The branches are already behind their norms and ReLUs. Of the hidden norm the running statistics are read, and nothing
// is written.
void select_fuse_inference(Type type, const SelectForward& select, const Branches<const void*>& xs, int M, int N, int P,
                           int C, cudaStream_t stream);

void select_inference(Type type, void* out, const Branches<const void*>& xs, const float* weights, int M, int N, int P,
                      int C, cudaStream_t stream);

// ---- squeeze-and-excitation behind a ReLU: the passes over memory are those of a selection with one branch -----------

// From counts (N, 2, C) squeeze, hidden and gate.
void rectified_excite_fuse(const ExciteForward& excite, const float* counts, const float* statistics, int N, int P,
                           int C, cudaStream_t stream);

// Of the norm the moments are not read; `excite.d_gate` is written here.
void rectified_excite_backward_statistics(const NormBackward& norm, const ExciteBackward& excite, const float* counts,
                                          int N, int P, int C, cudaStream_t stream);

// ---- grouped 3x3 convolution --------------------------------------------------------------------------------------

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
