// Mean and summed squared deviations of so many numbers, and how two such merge (Chan, Golub and LeVeque, 1983).
#pragma once

#include "device.cuh"

struct Moments {
  float count;
  float mean;
  float squares;
};

__device__ __forceinline__ Moments merge(const Moments& a, const Moments& b) {
  const float count = a.count + b.count;
  if (count == 0) return a;
  const float share = b.count / count;
  const float distance = b.mean - a.mean;
  return {count, a.mean + distance * share, a.squares + b.squares + distance * distance * a.count * share};
}
