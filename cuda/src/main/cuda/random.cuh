// Numbers that depend on a step's seed, a layer's number and an index only, uniform in [0, 1) and multiples of 2^-24: the
// upper bits of SplitMix64's finaliser (Steele et al., 2014).
#pragma once

#include "dispatch.cuh"
#include "step_kernels.h"

// One layer's numbers.
__device__ __forceinline__ unsigned long long random_stream(const StepState* state, int layer) {
  const auto number = static_cast<unsigned long long>(static_cast<long long>(layer));
  return static_cast<unsigned long long>(state->seed) + number * 0x9E3779B97F4A7C15ull;
}

__device__ __forceinline__ float random_fraction(unsigned long long stream, long long index) {
  unsigned long long v = stream ^ (static_cast<unsigned long long>(index) * 0xD1B54A32D192ED03ull);
  v = (v ^ (v >> 30)) * 0xBF58476D1CE4E5B9ull;
  v = (v ^ (v >> 27)) * 0x94D049BB133111EBull;
  v ^= v >> 31;
  return static_cast<float>(v >> 40) * 0x1p-24f;
}
