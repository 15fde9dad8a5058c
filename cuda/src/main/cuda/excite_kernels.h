// Squeeze-and-excitation: what it is made of, and its passes where it stands alone.
#pragma once

#include "types.h"

// What turns the second layer of an excitation into a gate.
enum class Gate { SIGMOID = 0, TANH = 1, RELU = 2 };

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

// With winners (N, C) the squeeze is the maximum and they are its positions; null for the mean.
void excite_forward(Type type, const ExciteForward& excite, float* winners, const void* x, int N, int P, int C,
                    cudaStream_t stream);

void excite_backward(Type type, const ExciteBackward& excite, const void* dy, const void* x, int N, int P, int C,
                     cudaStream_t stream);

void scale_forward(Type type, void* y, const void* x, const float* gate, int N, int P, int C, cudaStream_t stream);

// dx may be dy; winners (N, C) is null where the squeeze is the mean.
void scale_backward(Type type, void* dx, const void* dy, const float* gate, const float* d_squeeze,
                    const float* winners, int N, int P, int C, cudaStream_t stream);
