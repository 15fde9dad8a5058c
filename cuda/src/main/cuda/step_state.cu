// What a step knows beside its tensors, kept in device memory: where it begins, and the loss scale's bookkeeping
// (Micikevicius et al., 2018): gradients that are not finite halve the scale and their step is skipped, `interval` good
// steps in a row double it.
#include "dispatch.cuh"
#include "flat.cuh"
#include "step_kernels.h"

namespace {

// Beyond these a scale helps nobody: a training that diverged would end at zero, one with tiny gradients at infinity.
constexpr float SMALLEST_SCALE = 0x1p-24f;
constexpr float LARGEST_SCALE = 0x1p24f;

KERNEL(1) step_start_kernel(StepState* state, float loss_scale) {
  *state = {};
  state->loss_scale = loss_scale;
}

KERNEL(1) step_seed_kernel(StepState* state, long long seed) { state->seed = seed; }

KERNEL(1) step_rate_kernel(StepState* state, float rate, long long step) {
  state->rate = rate;
  if (step > 0) state->steps = step - 1;
}

// Whoever finds it writes the same.
struct Search {
  int* overflow;
  const float* gradient;
  __device__ void operator()(long long i, int count) const {
    const Pack slope = load_up_to(gradient + i, count);
    bool finite = true;
#pragma unroll
    for (int k = 0; k < PACK; ++k) finite = finite && fabsf(slope.v[k]) < INFINITY;
    if (!finite) atomicOr(overflow, 1);
  }
};

KERNEL(1) step_end_kernel(StepState* state, int interval) {
  StepState s = *state;
  if (s.overflow) {
    s.skipped += 1;
    s.good_steps = 0;
    s.loss_scale = fmaxf(s.loss_scale / 2, SMALLEST_SCALE);
  } else {
    s.steps += 1;
    s.good_steps += 1;
    if (interval > 0 && s.good_steps >= interval) {
      s.good_steps = 0;
      s.loss_scale = fminf(s.loss_scale * 2, LARGEST_SCALE);
    }
  }
  s.overflow = 0;
  *state = s;
}

}  // namespace

void step_start(StepState* state, float loss_scale, cudaStream_t stream) {
  launch("step_start", step_start_kernel, dim3(1), dim3(1), 0, stream, state, loss_scale);
}

void step_seed(StepState* state, long long seed, cudaStream_t stream) {
  launch("step_seed", step_seed_kernel, dim3(1), dim3(1), 0, stream, state, seed);
}

void step_rate(StepState* state, float rate, long long step, cudaStream_t stream) {
  launch("step_rate", step_rate_kernel, dim3(1), dim3(1), 0, stream, state, rate, step);
}

void find_overflow(StepState* state, const float* gradient, long long count, cudaStream_t stream) {
  launch_flat("find_overflow", Search{&state->overflow, gradient}, count, stream);
}

void step_end(StepState* state, int interval, cudaStream_t stream) {
  launch("step_end", step_end_kernel, dim3(1), dim3(1), 0, stream, state, interval);
}
