#include "select_reference.h"

using namespace test;

namespace {

template <class F>
std::vector<F> reference(const std::vector<double>& d_out, const std::vector<double>& x, const Branch& branch,
                         const std::vector<double>& coefficients, const std::vector<double>& weights, int M, int m,
                         const std::vector<double>& d_squeeze, const Shape& s) {
  std::vector<F> dx(s.elements());
  for (std::size_t i = 0; i < s.elements(); ++i) {
    const int c = i % s.C;
    const std::size_t n = i / s.C / s.P;
    F du = 0;
    if (branch.through(i)) {
      du = static_cast<F>(weights[(n * M + m) * s.C + c]) * static_cast<F>(d_out[i]) +
           static_cast<F>(d_squeeze[n * s.C + c]) / s.P;
    }
    dx[i] = static_cast<F>(branch.a(c)) * du +
            (static_cast<F>(coefficients[c]) * static_cast<F>(x[i]) + static_cast<F>(coefficients[s.C + c]));
  }
  return dx;
}

}  // namespace

TEST(matches_reference) {
  for_branches([](int M, const Shape& s) {
    for_each_type([&](auto zero, Type type) {
      using T = decltype(zero);
      check(std::string("select_backward ") + type_name<T>() + " " + text(M, s), [&](Draw& draw) {
        auto d_out = draw.input<T>(s.elements());
        auto xs = inputs<T>(draw, M, s.elements(), off_centre);
        auto statistics = inputs<float>(draw, M, 4 * s.C);
        auto coefficients = inputs<float>(draw, M, 2 * s.C);
        auto weights = draw.input<float>(M * s.N * s.C);
        auto d_squeeze = draw.input<float>(s.N * s.C);
        auto dxs = outputs<T>(draw, M, s.elements());
        draw.run([&] {
          select_backward(type, each<void*>(dxs), d_out, each<const void*>(xs), each<const float*>(statistics),
                          each<const float*>(coefficients), weights, d_squeeze, M, s.N, s.P, s.C, nullptr);
        });
        for (int m = 0; m < M; ++m) {
          const std::vector<double> ofBranch = statistics[m].values();
          const std::vector<double> x = xs[m].values();
          const Branch branch = {ofBranch, x, s.C};
          auto expected = [&](auto kind) {
            return reference<decltype(kind)>(d_out.values(), x, branch, coefficients[m].values(), weights.values(), M,
                                             m, d_squeeze.values(), s);
          };
          draw.expect("dx" + std::to_string(m), dxs[m], expected(0.0), expected(0.0f));
        }
      });
    });
  });
}

TEST(refuses_four_branches) {
  expect_error("select_backward", "one to three branches",
               [] { select_backward(Type::FLOAT32, {}, nullptr, {}, {}, {}, nullptr, nullptr, 4, 1, 1, 1, nullptr); });
}
