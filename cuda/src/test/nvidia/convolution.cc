#include "convolution.h"

namespace stand_in {
namespace {

// Every product of the sum: at(y, w, x) are indices.
template <class At>
void products(const Convolution& v, At at) {
  const int per_group = v.y.c / v.groups;
  std::size_t y = 0;
  for (int n = 0; n < v.y.n; ++n) {
    for (int p = 0; p < v.y.h; ++p) {
      for (int q = 0; q < v.y.w; ++q) {
        for (int o = 0; o < v.y.c; ++o, ++y) {
          for (int i = 0; i < v.w.h; ++i) {
            const int row = p * v.stride_h + i * v.dilation_h - v.padding_h;
            if (row < 0 || row >= v.x.h) continue;
            for (int j = 0; j < v.w.w; ++j) {
              const int column = q * v.stride_w + j * v.dilation_w - v.padding_w;
              if (column < 0 || column >= v.x.w) continue;
              const std::size_t x =
                  ((static_cast<std::size_t>(n) * v.x.h + row) * v.x.w + column) * v.x.c + o / per_group * v.w.c;
              const std::size_t w = ((static_cast<std::size_t>(o) * v.w.h + i) * v.w.w + j) * v.w.c;
              for (int c = 0; c < v.w.c; ++c) at(y, w + c, x + c);
            }
          }
        }
      }
    }
  }
}

std::vector<float> operand(const Convolution& v, const void* from, const Extent& extent) {
  std::vector<float> values = read(from, extent.numbers(), v.type);
  if (v.tf32) round_to_tf32(values);
  return values;
}

}  // namespace

void convolve(const Convolution& v, Pass pass, float alpha, float beta, const void* x, const void* w, const void* y,
              void* out) {
  const Extent& of = pass == Pass::FORWARD ? v.y : pass == Pass::BACKWARD_DATA ? v.x : v.w;
  std::vector<float> sums(of.numbers());
  if (pass == Pass::FORWARD) {
    const std::vector<float> a = operand(v, x, v.x), b = operand(v, w, v.w);
    products(v, [&](std::size_t yi, std::size_t wi, std::size_t xi) { sums[yi] += b[wi] * a[xi]; });
  } else if (pass == Pass::BACKWARD_DATA) {
    const std::vector<float> a = operand(v, y, v.y), b = operand(v, w, v.w);
    products(v, [&](std::size_t yi, std::size_t wi, std::size_t xi) { sums[xi] += b[wi] * a[yi]; });
  } else {
    const std::vector<float> a = operand(v, x, v.x), b = operand(v, y, v.y);
    products(v, [&](std::size_t yi, std::size_t wi, std::size_t xi) { sums[wi] += a[xi] * b[yi]; });
  }
  // Where beta is 0, what was there may be anything.
  const std::vector<float> before = beta == 0 ? std::vector<float>(sums.size()) : read(out, sums.size(), v.type);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    sums[i] = beta == 0 ? alpha * sums[i] : alpha * sums[i] + beta * before[i];
  }
  write(out, sums, v.type);
}

}  // namespace stand_in
