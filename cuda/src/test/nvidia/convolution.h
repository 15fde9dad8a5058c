// The three passes of a convolution, by plain loops; see device.h.
#pragma once

#include "numbers.h"

namespace stand_in {

// NHWC; for weights n counts output channels, and c the input channels of a group.
struct Extent {
  int n, h, w, c;
  std::size_t numbers() const { return static_cast<std::size_t>(n) * h * w * c; }
  bool operator==(const Extent& o) const { return n == o.n && h == o.h && w == o.w && c == o.c; }
};

struct Convolution {
  Extent x, w, y;
  Type type;
  int padding_h, padding_w, stride_h, stride_w, dilation_h, dilation_w, groups;
  bool tf32;
  std::size_t bytes(const Extent& extent) const { return extent.numbers() * size(type); }
};

enum class Pass { FORWARD, BACKWARD_DATA, BACKWARD_WEIGHTS };

// out = alpha sum + beta out: y of x and w, dx of dy and w, dw of x and dy.
void convolve(const Convolution& convolution, Pass pass, float alpha, float beta, const void* x, const void* w,
              const void* y, void* out);

}  // namespace stand_in
