// Windows as the definition reads, for the tests of pools: each calls visit(index into y, index into x, tap).
#pragma once

#include "test.h"

namespace test {

struct PoolCase {
  int N, C;
  PoolGeometry g;

  std::size_t inputs() const { return static_cast<std::size_t>(N) * g.H * g.W * C; }
  std::size_t outputs() const { return static_cast<std::size_t>(N) * g.P * g.Q * C; }
  std::string text() const {
    auto number = [](int v) { return std::to_string(v); };
    return number(g.kernel) + " stride " + number(g.stride) + " padding " + number(g.padding) +
           (g.count_padding ? "" : " uncounted") + ": " + number(N) + "x" + number(g.H) + "x" + number(g.W) + "x" +
           number(C);
  }
};

// With an overhang the last windows may reach beyond the padding.
inline PoolCase pool_case(int N, int H, int W, int C, int kernel, int stride, int padding, bool count_padding,
                          int overhang = 0) {
  auto outputs = [&](int size) { return (size + overhang + 2 * padding - kernel) / stride + 1; };
  return {N, C, {H, W, outputs(H), outputs(W), kernel, stride, padding, count_padding}};
}

// Windows that overlap, meet, leave gaps; with and without padding, or reaching beyond it; each with channels of both paths, and enough
// positions for several blocks.
inline std::vector<PoolCase> pool_cases(bool average) {
  std::vector<PoolCase> all;
  const int windows[][3] = {{3, 2, 1}, {3, 1, 1}, {3, 2, 0}, {2, 2, 0}, {3, 3, 1}, {2, 3, 0}, {5, 2, 2}, {1, 2, 0}};
  const int inputs[][4] = {{1, 5, 5, 1}, {2, 5, 9, 3}, {2, 9, 7, 8}, {1, 33, 21, 20}, {2, 11, 12, 264}};
  for (auto w : windows) {
    for (auto x : inputs) {
      if (w[0] >= w[1] && w[1] > 1) {
        all.push_back(pool_case(x[0], x[1], x[2], x[3], w[0], w[1], w[2], !average, w[1] - 1 - w[2]));
      }
      for (bool counted : {true, false}) {
        if (counted || (average && w[2] > 0)) {
          all.push_back(pool_case(x[0], x[1], x[2], x[3], w[0], w[1], w[2], counted));
        }
      }
    }
  }
  return all;
}

template <class Visit>
void for_each_tap(const PoolCase& k, Visit visit) {
  const PoolGeometry& g = k.g;
  for (int n = 0; n < k.N; ++n) {
    for (int p = 0; p < g.P; ++p) {
      for (int q = 0; q < g.Q; ++q) {
        for (int tap = 0; tap < g.kernel * g.kernel; ++tap) {
          const int h = p * g.stride + tap / g.kernel - g.padding;
          const int w = q * g.stride + tap % g.kernel - g.padding;
          if (h < 0 || h >= g.H || w < 0 || w >= g.W) continue;
          for (int c = 0; c < k.C; ++c) {
            const std::size_t y = ((static_cast<std::size_t>(n) * g.P + p) * g.Q + q) * k.C + c;
            const std::size_t x = ((static_cast<std::size_t>(n) * g.H + h) * g.W + w) * k.C + c;
            visit(y, x, tap);
          }
        }
      }
    }
  }
}

}  // namespace test
