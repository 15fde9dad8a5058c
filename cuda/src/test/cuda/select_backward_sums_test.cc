#include "select_reference.h"

using namespace test;

namespace {

template <class F>
std::vector<F> reference(const std::vector<double>& d_out, const std::vector<std::vector<double>>& xs,
                         const std::vector<std::vector<double>>& statistics, const Shape& s) {
  const int M = static_cast<int>(xs.size());
  std::vector<F> sums(static_cast<std::size_t>(s.N) * 2 * M * s.C);
  for (int m = 0; m < M; ++m) {
    const Branch branch = {statistics[m], xs[m], s.C};
    for (std::size_t i = 0; i < s.elements(); ++i) {
      const std::size_t n = i / s.C / s.P;
      if (!branch.through(i)) continue;
      sums[(n * 2 * M + 2 * m) * s.C + i % s.C] += static_cast<F>(d_out[i]);
      sums[(n * 2 * M + 2 * m + 1) * s.C + i % s.C] += static_cast<F>(d_out[i]) * static_cast<F>(xs[m][i]);
    }
  }
  return sums;
}

}  // namespace

TEST(matches_reference) {
  for_branches([](int M, const Shape& s) {
    for_each_type([&](auto zero, Type type) {
      using T = decltype(zero);
      check(std::string("select_backward_sums ") + type_name<T>() + " " + text(M, s), [&](Draw& draw) {
        auto d_out = draw.input<T>(s.elements());
        auto xs = inputs<T>(draw, M, s.elements(), off_centre);
        auto statistics = inputs<float>(draw, M, 4 * s.C);
        auto sums = draw.output<float>(2 * M * s.N * s.C);
        draw.run([&] {
          select_backward_sums(type, sums, d_out, each<const void*>(xs), each<const float*>(statistics), M, s.N, s.P,
                               s.C, nullptr);
        });
        draw.expect("sums", sums, reference<double>(d_out.values(), values(xs), values(statistics), s),
                    reference<float>(d_out.values(), values(xs), values(statistics), s));
      });
    });
  });
}

TEST(refuses_four_branches) {
  expect_error("select_backward_sums", "one to three branches",
               [] { select_backward_sums(Type::FLOAT32, nullptr, nullptr, {}, {}, 4, 1, 1, 1, nullptr); });
}
