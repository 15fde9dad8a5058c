#include "select_reference.h"

using namespace test;

namespace {

template <class F>
struct Statistics {
  std::vector<F> statistics, running_mean, running_variance;
};

template <class F>
Statistics<F> reference(const std::vector<double>& moments, const std::vector<double>& scale,
                        const std::vector<double>& shift, const std::vector<double>& running_mean,
                        const std::vector<double>& running_variance, const Shape& s) {
  Statistics<F> r = {std::vector<F>(4 * s.C), std::vector<F>(s.C), std::vector<F>(s.C)};
  for (int c = 0; c < s.C; ++c) {
    auto mean_of = [&](int n) { return static_cast<F>(moments[2 * n * s.C + c]); };
    F mean = 0;
    for (int n = 0; n < s.N; ++n) mean += mean_of(n);
    mean /= s.N;
    F squares = 0;
    for (int n = 0; n < s.N; ++n) {
      squares += static_cast<F>(moments[(2 * n + 1) * s.C + c]) + s.P * (mean_of(n) - mean) * (mean_of(n) - mean);
    }
    const F count = static_cast<F>(s.N) * s.P;
    const F inverse = 1 / std::sqrt(squares / count + static_cast<F>(1e-5));
    const F a = static_cast<F>(scale[c]) * inverse;
    r.statistics[c] = mean;
    r.statistics[s.C + c] = inverse;
    r.statistics[2 * s.C + c] = a;
    r.statistics[3 * s.C + c] = static_cast<F>(shift[c]) - a * mean;
    r.running_mean[c] = static_cast<F>(0.9) * static_cast<F>(running_mean[c]) + static_cast<F>(0.1) * mean;
    r.running_variance[c] = static_cast<F>(0.9) * static_cast<F>(running_variance[c]) +
                            static_cast<F>(0.1) * (squares / std::max(F{1}, count - 1));
  }
  return r;
}

}  // namespace

TEST(matches_reference_in_every_branch) {
  for (int M = 1; M <= MAX_BRANCHES; ++M) {
    for (const Shape& s : {Shape{5, 49, 20}, Shape{1, 1, 3}, Shape{2, 9, 64}, Shape{9, 16, 100}}) {
      check("select_statistics " + text(M, s), [&](Draw& draw) {
        auto moments = inputs<float>(draw, M, 2 * s.N * s.C, positive);
        auto scale = inputs<float>(draw, M, s.C, positive);
        auto shift = inputs<float>(draw, M, s.C);
        auto statistics = outputs<float>(draw, M, 4 * s.C);
        Fields<float> means;
        Fields<float> variances;
        Branches<NormForward> norms = {};
        for (int m = 0; m < M; ++m) {
          means.push_back(draw.updated<float>(s.C));
          variances.push_back(draw.updated<float>(s.C, positive));
          norms.of[m] = {statistics[m], means[m], variances[m], moments[m], scale[m], shift[m]};
        }
        draw.run([&] { select_statistics(norms, M, s.N, s.P, s.C, nullptr); });
        for (int m = 0; m < M; ++m) {
          auto expected = [&](auto kind) {
            return reference<decltype(kind)>(moments[m].values(), scale[m].values(), shift[m].values(),
                                             draw.before(means[m]), draw.before(variances[m]), s);
          };
          const auto exact = expected(0.0);
          const auto plain = expected(0.0f);
          const std::string name = "branch " + std::to_string(m);
          expect_rows(draw, name, statistics[m], s.C, exact.statistics, plain.statistics);
          draw.expect(name + " running mean", means[m], exact.running_mean, plain.running_mean);
          draw.expect(name + " running variance", variances[m], exact.running_variance, plain.running_variance);
        }
      });
    }
  }
}

TEST(refuses_four_branches) {
  expect_error("select_statistics", "one to three branches", [] { select_statistics({}, 4, 1, 1, 1, nullptr); });
}
