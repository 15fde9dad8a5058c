#include "select_reference.h"

using namespace test;

namespace {

template <class F>
std::vector<F> reference(const std::vector<std::vector<double>>& xs, const std::vector<double>& weights,
                         const Shape& s) {
  const std::size_t M = xs.size();
  std::vector<F> out(s.elements());
  for (std::size_t m = 0; m < M; ++m) {
    for (std::size_t i = 0; i < s.elements(); ++i) {
      out[i] += static_cast<F>(weights[(i / s.C / s.P * M + m) * s.C + i % s.C]) * static_cast<F>(xs[m][i]);
    }
  }
  return out;
}

}  // namespace

TEST(matches_reference) {
  for_branches([](int M, const Shape& s) {
    for_each_type([&](auto zero, Type type) {
      using T = decltype(zero);
      check(std::string("select_inference ") + type_name<T>() + " " + text(M, s), [&](Draw& draw) {
        auto xs = inputs<T>(draw, M, s.elements(), off_centre);
        auto weights = draw.input<float>(M * s.N * s.C, probability);
        auto out = draw.output<T>(s.elements());
        draw.run([&] { select_inference(type, out, each<const void*>(xs), weights, M, s.N, s.P, s.C, nullptr); });
        draw.expect("out", out, reference<double>(values(xs), weights.values(), s),
                    reference<float>(values(xs), weights.values(), s));
      });
    });
  });
}

TEST(refuses_four_branches) {
  expect_error("select_inference", "one to three branches",
               [] { select_inference(Type::FLOAT32, nullptr, {}, nullptr, 4, 1, 1, 1, nullptr); });
}
