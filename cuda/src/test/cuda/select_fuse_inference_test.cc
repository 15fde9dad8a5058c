#include "plain_layers.h"

using namespace test;

namespace {

template <class F>
struct Fused {
  Numbers<F> squeeze, linear, hidden, weights;
};

template <class F>
Fused<F> reference(const std::vector<std::vector<double>>& xs, const Numbers<F>& squeeze_weight,
                   const Numbers<F>& scale, const Numbers<F>& shift, const Numbers<F>& mean, const Numbers<F>& variance,
                   const Numbers<F>& select_weight, const Shape& s, int D) {
  const int M = static_cast<int>(xs.size());
  Numbers<F> squeeze(s.N * s.C);
  for (int m = 0; m < M; ++m) {
    for (std::size_t i = 0; i < s.elements(); ++i) squeeze[i / s.C / s.P * s.C + i % s.C] += static_cast<F>(xs[m][i]);
  }
  for (F& v : squeeze) v /= s.P;
  Numbers<F> linear = times(squeeze, squeeze_weight, s.N, D, s.C);
  Numbers<F> hidden(linear.size());
  for (std::size_t i = 0; i < linear.size(); ++i) {
    const std::size_t d = i % D;
    const F inverse = 1 / std::sqrt(variance[d] + static_cast<F>(1e-5));
    hidden[i] = relu(scale[d] * inverse * (linear[i] - mean[d]) + shift[d]);
  }
  return {squeeze, linear, hidden, softmax_weights(hidden, select_weight, M, s.N, s.C, D)};
}

}  // namespace

TEST(matches_reference) {
  for (int M = 1; M <= MAX_BRANCHES; ++M) {
    for (const Shape& s : few_shapes()) {
      for_each_type([&](auto zero, Type type) {
        using T = decltype(zero);
        check(std::string("select_fuse_inference ") + type_name<T>() + " " + text(M, s), [&](Draw& draw) {
          const int D = s.C / 4 + 1;
          auto xs = inputs<T>(draw, M, s.elements(), off_centre);
          auto squeeze_weight = draw.input<float>(D * s.C, weights(s.C));
          auto scale = draw.input<float>(D, positive);
          auto shift = draw.input<float>(D);
          auto mean = draw.input<float>(D);
          auto variance = draw.input<float>(D, positive);
          auto select_weight = draw.input<float>(M * s.C * D, weights(D));
          auto squeeze = draw.output<float>(s.N * s.C);
          auto linear = draw.output<float>(s.N * D);
          auto hidden = draw.output<float>(s.N * D);
          auto weights = draw.output<float>(s.N * M * s.C);
          const SelectForward select = {squeeze,       linear,  {nullptr, mean, variance, nullptr, scale, shift},
                                        hidden,        weights, squeeze_weight,
                                        select_weight, D};
          draw.run([&] { select_fuse_inference(type, select, each<const void*>(xs), M, s.N, s.P, s.C, nullptr); });
          auto expected = [&](auto kind) {
            using F = decltype(kind);
            return reference<F>(values(xs), cast<F>(squeeze_weight.values()), cast<F>(scale.values()),
                                cast<F>(shift.values()), cast<F>(mean.values()), cast<F>(variance.values()),
                                cast<F>(select_weight.values()), s, D);
          };
          const auto exact = expected(0.0);
          const auto plain = expected(0.0f);
          draw.expect("squeeze", squeeze, exact.squeeze, plain.squeeze);
          draw.expect("linear", linear, exact.linear, plain.linear);
          draw.expect("hidden", hidden, exact.hidden, plain.hidden);
          draw.expect("weights", weights, exact.weights, plain.weights);
        });
      });
    }
  }
}

TEST(refuses_four_branches) {
  expect_error("select_fuse_inference", "one to three branches",
               [] { select_fuse_inference(Type::FLOAT32, {}, {}, 4, 1, 1, 1, nullptr); });
}
