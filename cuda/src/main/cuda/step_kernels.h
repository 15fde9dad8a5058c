// What surrounds the layers of a step: biases, the loss, the optimiser and what they know of the step.
#pragma once

#include "types.h"

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

// Floats of scratch that bias_backward wants.
long long bias_backward_scratch(long long M, int C);
void bias_backward(Type type, float* d_bias, float* scratch, const void* dy, long long M, int C, cudaStream_t stream);

// d_logits and state may be null; without a state the loss scale is 1. Where a loss is not finite, the state says
// overflow: the optimisers then do nothing.
void softmax_cross_entropy(Type type, float* loss, void* d_logits, const void* logits, const float* labels,
                           StepState* state, float smoothing, int N, int K, cudaStream_t stream);

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

// The first D of C channels at M positions, with zeros where C is less; `accumulate` adds them to y.
void resize_channels(Type to, void* y, Type from, const void* x, bool accumulate, long long M, int C, int D,
                     cudaStream_t stream);
