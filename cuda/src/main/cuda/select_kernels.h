// Selective kernels: M branches, each a convolution's output x_m behind a norm and a ReLU.
#pragma once

#include "norm_kernels.h"
#include "types.h"

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
  float* hidden;                // (N, D)
  float* weights;               // (N, M, C)
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
