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

// What a convolution or a sum of branches is passed through, in the order of Activation.java.
enum class Activation { NONE = 0, RELU = 1, SIGMOID = 2 };

// A batch norm as inference sees it, each (C).
struct RunningNorm {
  const float* scale;
  const float* shift;
  const float* mean;
  const float* variance;
};

// Windows of a pooling, from (H, W) to (P, Q); padding is on both sides, the kernel at most 15.
struct PoolGeometry {
  int H, W, P, Q;
  int kernel, stride, padding;
  bool count_padding;
};

// From images (H, W, channels) of bytes to inputs (P, Q, C), padded to D channels.
struct ImageGeometry {
  int H, W, channels;
  int P, Q, C, D;
  float mean[3];
  float deviation[3];
};

// What a step knows beside its tensors, in device memory, at these offsets.
struct StepState {
  long long seed;    //  0  of this step's dropout
  float rate;        //  8  learning rate
  float loss_scale;  // 12  what gradients have been multiplied by
  long long steps;   // 16  updates so far, without the skipped ones
  int overflow;      // 24  this step's gradients are not all finite
  int good_steps;    // 28  since the scale last changed
  int skipped;       // 32  steps
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

// ---- squeeze-and-excitation that stands alone: its pass over memory -----------------------------------------------

void scale_forward(Type type, void* y, const void* x, const float* gate, int N, int P, int C, cudaStream_t stream);

// dx may be dy; winners (N, C) is null where the squeeze is the mean.
void scale_backward(Type type, void* dx, const void* dy, const float* gate, const float* d_squeeze,
                    const float* winners, int N, int P, int C, cudaStream_t stream);

// ---- element by element; outputs may be inputs ---------------------------------------------------------------------

void relu_forward(Type type, void* y, const void* x, long long count, cudaStream_t stream);
void relu_backward(Type type, void* dx, const void* dy, const void* y, long long count, cudaStream_t stream);
void sigmoid_forward(Type type, void* y, const void* x, long long count, cudaStream_t stream);
void sigmoid_backward(Type type, void* dx, const void* dy, const void* y, long long count, cudaStream_t stream);
void add_forward(Type type, void* y, const void* a, const void* b, long long count, cudaStream_t stream);
void copy(Type type, void* y, const void* x, long long count, cudaStream_t stream);
void accumulate(Type type, void* y, const void* x, long long count, cudaStream_t stream);
void times(Type type, void* y, const void* x, float factor, long long count, cudaStream_t stream);
void zero(void* y, long long bytes, cudaStream_t stream);
void convert(Type to, void* y, Type from, const void* x, long long count, cudaStream_t stream);

// With `gate`, b and db have one position.
void multiply_forward(Type type, void* y, const void* a, const void* b, bool gate, int N, int P, int C,
                      cudaStream_t stream);
void multiply_backward(Type type, void* da, void* db, const void* dy, const void* a, const void* b, bool gate, int N,
                       int P, int C, cudaStream_t stream);

// M positions; C channels of the part, D of the whole, where the part begins at `channel`.
void concat_forward(Type type, void* y, const void* x, int channel, long long M, int C, int D, cudaStream_t stream);
void concat_backward(Type type, void* dx, const void* dy, int channel, long long M, int C, int D, cudaStream_t stream);

// Which values are kept depends on the state's seed, the layer and the index only.
void dropout_forward(Type type, void* y, std::uint8_t* mask, const void* x, const StepState* state, float rate,
                     int layer, long long count, cudaStream_t stream);
void dropout_backward(Type type, void* dx, const void* dy, const std::uint8_t* mask, float rate, long long count,
                      cudaStream_t stream);

// ---- channels moved, branches weighed -------------------------------------------------------------------------------

// Channel k groups + g of y is channel g (C / groups) + k of x.
void channel_shuffle(Type type, void* y, const void* x, int groups, long long M, int C, cudaStream_t stream);

// The part has C of the whole's D channels, from `channel` on. Backward writes zero into the others; or it adds.
void channel_split_forward(Type type, void* y, const void* x, int channel, long long M, int C, int D,
                           cudaStream_t stream);
void channel_split_backward(Type type, void* dx, const void* dy, int channel, bool accumulate, long long M, int C,
                            int D, cudaStream_t stream);

// N samples of S values.
void shake_shake_forward(Type type, void* y, const void* a, const void* b, const StepState* state, int layer, int N,
                         long long S, cudaStream_t stream);
void shake_shake_backward(Type type, void* da, void* db, const void* dy, const StepState* state, int layer, int N,
                          long long S, cudaStream_t stream);
void shake_shake_inference(Type type, void* y, const void* a, const void* b, long long count, cudaStream_t stream);

// ---- pooling -------------------------------------------------------------------------------------------------------

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

// ---- biases and the loss -------------------------------------------------------------------------------------------

// Floats of scratch that bias_backward wants.
long long bias_backward_scratch(long long M, int C);
void bias_backward(Type type, float* d_bias, float* scratch, const void* dy, long long M, int C, cudaStream_t stream);

// d_logits and state may be null; without a state the loss scale is 1. Where a loss is not finite, the state says
// overflow: the optimisers then do nothing.
void softmax_cross_entropy(Type type, float* loss, void* d_logits, const void* logits, const float* labels,
                           StepState* state, float smoothing, int N, int K, cudaStream_t stream);

// ---- inference -----------------------------------------------------------------------------------------------------

// E weights for each of K output channels; bias and one of folded and copy may be null.
void fold_batchnorm(float* folded, Type copy_type, void* copy, float* folded_bias, const float* weight,
                    const float* bias, const RunningNorm& norm, int K, int E, cudaStream_t stream);

// In these three residual may be null, and y may be x.
void batchnorm_inference(Type type, void* y, const void* x, const void* residual, const RunningNorm& norm,
                         Activation activation, int N, int P, int C, cudaStream_t stream);
void scale_inference(Type type, void* y, const void* x, const void* residual, const float* gate, Activation activation,
                     int N, int P, int C, cudaStream_t stream);
// The end of a convolution: y = act(x + bias + residual); bias may be null.
void bias_inference(Type type, void* y, const void* x, const void* residual, const float* bias, Activation activation,
                    int N, int P, int C, cudaStream_t stream);

// ---- the optimiser -------------------------------------------------------------------------------------------------

// Over a span; `copy` in 16 bits may be null. They divide gradients by the state's loss scale, take its rate, and do
// nothing where it says overflow.
void sgd(float* w, float* velocity, Type copy_type, void* copy, const float* gradient, const StepState* state,
         float momentum, float decay, bool nesterov, long long count, cudaStream_t stream);
void adamw(float* w, float* mean, float* square, Type copy_type, void* copy, const float* gradient,
           const StepState* state, float beta1, float beta2, float epsilon, float decay, long long count,
           cudaStream_t stream);

// A step: step_seed and step_rate before it (or two small copies into the state), find_overflow for each span of
// gradients, an optimiser for each, then step_end.
void step_start(StepState* state, float loss_scale, cudaStream_t stream);
void step_seed(StepState* state, long long seed, cudaStream_t stream);
// `step` is the number, from 1, of the update to come; 0 lets the state count on.
void step_rate(StepState* state, float rate, long long step, cudaStream_t stream);
void find_overflow(StepState* state, const float* gradient, long long count, cudaStream_t stream);
// An interval of 0 never raises the scale.
void step_end(StepState* state, int interval, cudaStream_t stream);

// ---- input ---------------------------------------------------------------------------------------------------------

// The first D of C channels at M positions, with zeros where C is less; `accumulate` adds them to y.
void resize_channels(Type to, void* y, Type from, const void* x, bool accumulate, long long M, int C, int D,
                     cudaStream_t stream);

// top, left and mirrored have a number for each sample, or are null.
void images(Type type, void* y, const std::uint8_t* bytes, const int* top, const int* left,
            const std::uint8_t* mirrored, const ImageGeometry& g, int N, cudaStream_t stream);

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
