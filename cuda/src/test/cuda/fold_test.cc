#include <cmath>

#include "test.h"

using namespace test;

namespace {

template <class F>
struct Folded {
  std::vector<F> weight, bias;

  Folded(const std::vector<double>& w, const std::vector<double>& b, const std::vector<double> (&norm)[4], int K, int E)
      : weight(w.size()), bias(K) {
    for (int k = 0; k < K; ++k) {
      const F a = static_cast<F>(norm[0][k]) / std::sqrt(static_cast<F>(norm[3][k]) + static_cast<F>(1e-5f));
      for (int e = 0; e < E; ++e) weight[k * E + e] = a * static_cast<F>(w[k * E + e]);
      bias[k] = static_cast<F>(norm[1][k]) - a * static_cast<F>(norm[2][k]);
      if (!b.empty()) bias[k] += a * static_cast<F>(b[k]);
    }
  }
};

// What is asked for: the float result, the copy, or both.
void check_fold(int K, int E, bool biased, bool folded, bool copied) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    const std::string what = std::string(type_name<T>()) + (biased ? " with bias " : " ") + (folded ? "float " : "") +
                             (copied ? "copy " : "") + std::to_string(K) + "x" + std::to_string(E);
    check("fold_batchnorm " + what, [&](Draw& draw) {
      auto weight = draw.input<float>(K * E, weights(E));
      auto bias = draw.input<float>(K);
      auto scale = draw.input<float>(K, positive);
      auto shift = draw.input<float>(K);
      auto mean = draw.input<float>(K);
      auto variance = draw.input<float>(K, positive);
      auto result = draw.output<float>(K * E);
      auto copy = draw.output<T>(K * E);
      auto result_bias = draw.output<float>(K);
      draw.run([&] {
        fold_batchnorm(folded ? result.data : nullptr, type, copied ? copy.data : nullptr, result_bias, weight,
                       biased ? bias.data : nullptr, RunningNorm{scale, shift, mean, variance}, K, E, nullptr);
      });
      const std::vector<double> norm[4] = {scale.values(), shift.values(), mean.values(), variance.values()};
      const auto b = biased ? bias.values() : std::vector<double>();
      const Folded<double> exact(weight.values(), b, norm, K, E);
      const Folded<float> plain(weight.values(), b, norm, K, E);
      if (folded) draw.expect("weight", result, exact.weight, plain.weight);
      if (copied) draw.expect("copy", copy, exact.weight, plain.weight);
      draw.expect("bias", result_bias, exact.bias, plain.bias);
    });
  });
}

}  // namespace

TEST(matches_reference) {
  for (bool biased : {false, true}) {
    check_fold(1, 1, biased, true, false);
    check_fold(20, 27, biased, true, true);
    check_fold(3, 2500, biased, true, true);
    check_fold(8, 300, biased, false, true);
  }
}
