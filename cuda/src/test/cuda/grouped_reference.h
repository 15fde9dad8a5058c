// The grouped 3x3 convolution as its formula reads, and what its tests are run on.
#pragma once

#include <cstring>

#include "test.h"

namespace grouped {

using test::Draw;
using test::Field;

struct Sizes {
  int N, H, W, C, group, stride, dilation;

  GroupedGeometry geometry() const { return {N, H, W, C, group, stride}; }
  std::size_t inputs() const { return static_cast<std::size_t>(N) * H * W * C; }
  std::size_t outputs() const {
    return static_cast<std::size_t>(N) * geometry().out_height() * geometry().out_width() * C;
  }
  int positions() const { return geometry().out_height() * geometry().out_width(); }
  std::size_t weights() const { return static_cast<std::size_t>(C) * 9 * group; }
  std::string text() const {
    return std::to_string(N) + "x" + std::to_string(H) + "x" + std::to_string(W) + "x" + std::to_string(C) + " by " +
           std::to_string(group) + ", stride " + std::to_string(stride) + ", dilation " + std::to_string(dilation);
  }
};

// Every group size, stride and dilation, on images of one value, smaller than the kernel, odd, and of several tiles;
// channels of one group, of part of a slab, of several slabs.
inline std::vector<Sizes> sizes() {
  std::vector<Sizes> all;
  for (int group : {4, 8, 16, 32}) {
    for (int stride : {1, 2}) {
      for (int dilation : {1, 2, 3}) {
        const int narrow = group == 4 ? 8 : group;
        all.push_back({5, 1, 1, 2 * narrow, group, stride, dilation});
        all.push_back({2, 3, 2, 32 + narrow, group, stride, dilation});
        all.push_back({2, 7, 7, 32, group, stride, dilation});
        all.push_back({1, 13, 29, narrow, group, stride, dilation});
      }
    }
  }
  return all;
}

// Those of them that still show every branch of the code.
inline std::vector<Sizes> few_sizes() {
  return {{2, 7, 7, 40, 4, 1, 1},  {1, 13, 37, 8, 8, 1, 2}, {2, 7, 5, 48, 16, 1, 3},
          {1, 9, 7, 32, 32, 1, 2}, {2, 13, 21, 8, 4, 2, 1}, {2, 7, 7, 40, 8, 2, 2},
          {1, 5, 9, 16, 16, 2, 3}, {1, 7, 9, 32, 32, 2, 1}, {5, 1, 1, 32, 16, 1, 2}};
}

// Calls body(output index, input index, weight index) for every product: y[.] is the sum of x[.] weight[.].
template <class Body>
void for_each_product(const Sizes& s, Body body) {
  const int height = s.geometry().out_height();
  const int width = s.geometry().out_width();
  for (int n = 0; n < s.N; ++n) {
    for (int oy = 0; oy < height; ++oy) {
      for (int ox = 0; ox < width; ++ox) {
        for (int tap = 0; tap < 9; ++tap) {
          const int y = oy * s.stride + (tap / 3 - 1) * s.dilation;
          const int x = ox * s.stride + (tap % 3 - 1) * s.dilation;
          if (y < 0 || y >= s.H || x < 0 || x >= s.W) continue;
          for (int o = 0; o < s.C; ++o) {
            const std::size_t out = ((static_cast<std::size_t>(n) * height + oy) * width + ox) * s.C + o;
            const std::size_t in = ((static_cast<std::size_t>(n) * s.H + y) * s.W + x) * s.C + o / s.group * s.group;
            const std::size_t weight = (static_cast<std::size_t>(o) * 9 + tap) * s.group;
            for (int i = 0; i < s.group; ++i) body(out, in + i, weight + i);
          }
        }
      }
    }
  }
}

// Weights as the kernels take them: numbers of the activations' type.
template <class T>
std::vector<double> rounded(const Field<float>& weight) {
  std::vector<double> all(weight.count);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = test::widen(test::narrow<T>(weight[i]));
  return all;
}

template <class F>
void add_forward(std::vector<F>& y, const Sizes& s, const std::vector<double>& x, const std::vector<double>& weight) {
  for_each_product(s, [&](std::size_t out, std::size_t in, std::size_t w) {
    y[out] += static_cast<F>(x[in]) * static_cast<F>(weight[w]);
  });
}

template <class F>
void add_backward_data(std::vector<F>& dx, const Sizes& s, const std::vector<double>& dy,
                       const std::vector<double>& weight) {
  for_each_product(s, [&](std::size_t out, std::size_t in, std::size_t w) {
    dx[in] += static_cast<F>(dy[out]) * static_cast<F>(weight[w]);
  });
}

template <class F>
void add_backward_weights(std::vector<F>& dw, const Sizes& s, const std::vector<double>& x,
                          const std::vector<double>& dy) {
  for_each_product(s, [&](std::size_t out, std::size_t in, std::size_t w) {
    dw[w] += static_cast<F>(x[in]) * static_cast<F>(dy[out]);
  });
}

// Scratch memory as a launcher gets it: what is left in it is no result.
class Scratch {
 public:
  explicit Scratch(long long floats) : memory_(static_cast<std::size_t>(floats) * sizeof(float)) {
    std::memset(memory_.data(), 0xff, memory_.size());
  }
  float* data() const { return reinterpret_cast<float*>(memory_.data()); }

 private:
  test::Guarded memory_;
};

template <class F>
std::vector<F> cast(const std::vector<double>& values) {
  return std::vector<F>(values.begin(), values.end());
}

}  // namespace grouped
