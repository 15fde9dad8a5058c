// Inference: batch norms folded into weights, or applied from running statistics.
#pragma once

#include "types.h"

// What a convolution or a sum of branches is passed through, in the order of Activation.java.
enum class Activation { NONE = 0, RELU = 1, SIGMOID = 2 };

// A batch norm as inference sees it, each (C).
struct RunningNorm {
  const float* scale;
  const float* shift;
  const float* mean;
  const float* variance;
};

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
