#include "test.h"

using namespace test;

namespace {

template <class F>
std::vector<F> reference(const std::vector<double>& x, const Shape& s) {
  std::vector<F> moments(2 * s.N * s.C);
  for (int n = 0; n < s.N; ++n) {
    for (int c = 0; c < s.C; ++c) {
      auto at = [&](int p) { return static_cast<F>(x[(static_cast<std::size_t>(n) * s.P + p) * s.C + c]); };
      F sum = 0;
      for (int p = 0; p < s.P; ++p) sum += at(p);
      F mean = sum / s.P;
      F squares = 0;
      for (int p = 0; p < s.P; ++p) squares += (at(p) - mean) * (at(p) - mean);
      moments[2 * n * s.C + c] = mean;
      moments[(2 * n + 1) * s.C + c] = squares;
    }
  }
  return moments;
}

void check_moments(const Shape& s, const Values& values, const std::string& what) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    check("batchnorm_moments " + what + " " + type_name<T>() + " " + s.text(), [&](Draw& draw) {
      auto x = draw.input<T>(s.elements(), values);
      auto moments = draw.output<float>(2 * s.N * s.C);
      draw.run([&] { batchnorm_moments(type, moments, x, s.N, s.P, s.C, nullptr); });
      // Means and squares are of different size: each has its own largest value.
      const auto exact = reference<double>(x.values(), s);
      const auto plain = reference<float>(x.values(), s);
      draw.expect("moments", moments, exact, plain);
    });
  });
}

}  // namespace

TEST(matches_reference) {
  for (const Shape& s : shapes()) check_moments(s, off_centre, "off centre");
}

TEST(matches_reference_far_off_centre) {
  for (const Shape& s : long_shapes()) check_moments(s, far_off_centre, "far off centre");
}
