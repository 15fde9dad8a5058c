#include "select_reference.h"

#include <cmath>

using namespace test;

namespace {

template <class F>
std::vector<F> reference(const std::vector<std::vector<double>>& xs, const std::vector<std::vector<double>>& statistics,
                         const std::vector<double>& weights, const Shape& s) {
  const std::size_t M = xs.size();
  std::vector<F> out(s.elements());
  for (std::size_t m = 0; m < M; ++m) {
    const Branch branch = {statistics[m], xs[m], s.C};
    for (std::size_t i = 0; i < s.elements(); ++i) {
      const int c = i % s.C;
      if (!branch.through(i)) continue;
      const F v = static_cast<F>(branch.a(c)) * static_cast<F>(xs[m][i]) + static_cast<F>(branch.b(c));
      out[i] += static_cast<F>(weights[(i / s.C / s.P * M + m) * s.C + c]) * v;
    }
  }
  return out;
}

}  // namespace

TEST(matches_reference) {
  for_branches([](int M, const Shape& s) {
    for_each_type([&](auto zero, Type type) {
      using T = decltype(zero);
      check(std::string("select_forward ") + type_name<T>() + " " + text(M, s), [&](Draw& draw) {
        auto xs = inputs<T>(draw, M, s.elements(), off_centre);
        auto statistics = inputs<float>(draw, M, 4 * s.C);
        auto weights = draw.input<float>(M * s.N * s.C);  // a gate may be negative
        auto out = draw.output<T>(s.elements());
        draw.run([&] {
          select_forward(type, out, each<const void*>(xs), each<const float*>(statistics), weights, M, s.N, s.P, s.C,
                         nullptr);
        });
        draw.expect("out", out, reference<double>(values(xs), values(statistics), weights.values(), s),
                    reference<float>(values(xs), values(statistics), weights.values(), s));
      });
    });
  });
}

TEST(a_nan_stays_one) {
  for (int C : {8, 3}) {
    check("select_forward nan", [&](Draw& draw) {
      auto xs = inputs<float>(draw, 2, 4 * C, [](std::mt19937&) { return std::nan(""); });
      auto statistics = inputs<float>(draw, 2, 4 * C);
      auto weights = draw.input<float>(2 * 2 * C);
      auto out = draw.output<float>(4 * C);
      draw.run([&] {
        select_forward(Type::FLOAT32, out, each<const void*>(xs), each<const float*>(statistics), weights, 2, 2, 2, C,
                       nullptr);
      });
      draw.expect("out", out, std::vector<double>(4 * C, std::nan("")), std::vector<float>(4 * C, std::nanf("")));
    });
  }
}

TEST(refuses_no_branch) {
  expect_error("select_forward", "one to three branches",
               [] { select_forward(Type::FLOAT32, nullptr, {}, {}, nullptr, 0, 1, 1, 1, nullptr); });
}
