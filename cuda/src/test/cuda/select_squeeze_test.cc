#include "select_reference.h"

#include <cmath>

using namespace test;

namespace {

template <class F>
std::vector<F> reference(const std::vector<std::vector<double>>& xs, const std::vector<std::vector<double>>& statistics,
                         const Shape& s) {
  const int M = static_cast<int>(xs.size());
  std::vector<F> counts(static_cast<std::size_t>(s.N) * 2 * M * s.C);
  for (int m = 0; m < M; ++m) {
    const Branch branch = {statistics[m], xs[m], s.C};
    for (std::size_t i = 0; i < s.elements(); ++i) {
      const std::size_t n = i / s.C / s.P;
      if (!branch.through(i)) continue;
      counts[(n * 2 * M + 2 * m) * s.C + i % s.C] += 1;
      counts[(n * 2 * M + 2 * m + 1) * s.C + i % s.C] += static_cast<F>(xs[m][i]);
    }
  }
  return counts;
}

}  // namespace

TEST(matches_reference) {
  for_branches([](int M, const Shape& s) {
    for_each_type([&](auto zero, Type type) {
      using T = decltype(zero);
      check(std::string("select_squeeze ") + type_name<T>() + " " + text(M, s), [&](Draw& draw) {
        auto xs = inputs<T>(draw, M, s.elements(), off_centre);
        auto statistics = inputs<float>(draw, M, 4 * s.C);
        auto counts = draw.output<float>(2 * M * s.N * s.C);
        draw.run([&] {
          select_squeeze(type, counts, each<const void*>(xs), each<const float*>(statistics), M, s.N, s.P, s.C,
                         nullptr);
        });
        draw.expect("counts", counts, reference<double>(values(xs), values(statistics), s),
                    reference<float>(values(xs), values(statistics), s));
      });
    });
  });
}

TEST(a_nan_reaches_its_sum) {
  check("select_squeeze nan", [](Draw& draw) {
    auto xs = inputs<float>(draw, 1, 2 * 3 * 8, [](std::mt19937&) { return std::nan(""); });
    auto statistics = inputs<float>(draw, 1, 4 * 8);
    auto counts = draw.output<float>(2 * 2 * 8);
    draw.run([&] {
      select_squeeze(Type::FLOAT32, counts, each<const void*>(xs), each<const float*>(statistics), 1, 2, 3, 8, nullptr);
    });
    std::vector<double> exact(2 * 2 * 8);
    for (std::size_t i = 0; i < exact.size(); ++i) exact[i] = i / 8 % 2 == 0 ? 3 : std::nan("");
    draw.expect("counts", counts, exact, std::vector<float>(exact.begin(), exact.end()));
  });
}

TEST(refuses_four_branches) {
  expect_error("select_squeeze", "one to three branches",
               [] { select_squeeze(Type::FLOAT32, nullptr, {}, {}, 4, 1, 1, 1, nullptr); });
}
