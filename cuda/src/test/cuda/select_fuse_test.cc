#include "plain_layers.h"

using namespace test;

namespace {

template <class F>
struct Fused {
  Numbers<F> squeeze, linear, hidden, weights;
  RowNorm<F> norm;
};

struct Tensors {
  Field<float> counts;
  Fields<float> statistics;
  Field<float> squeeze_weight, scale, shift, select_weight;
  Field<float> squeeze, linear, hidden_statistics, running_mean, running_variance, hidden, weights;
};

template <class F>
Fused<F> reference(Draw& draw, const Tensors& f, const SmallShape& s) {
  const Numbers<F> counts = cast<F>(f.counts.values());
  Numbers<F> squeeze(s.N * s.C);
  for (int n = 0; n < s.N; ++n) {
    for (int c = 0; c < s.C; ++c) {
      F sum = 0;
      for (int m = 0; m < s.M; ++m) {
        const F a = static_cast<F>(f.statistics[m][2 * s.C + c]);
        const F b = static_cast<F>(f.statistics[m][3 * s.C + c]);
        const std::size_t row = (static_cast<std::size_t>(n) * 2 * s.M + 2 * m) * s.C + c;
        sum += a * counts[row + s.C] + b * counts[row];
      }
      squeeze[n * s.C + c] = sum / s.P;
    }
  }
  Numbers<F> linear = times(squeeze, cast<F>(f.squeeze_weight.values()), s.N, s.D, s.C);
  RowNorm<F> norm(linear, cast<F>(f.scale.values()), cast<F>(f.shift.values()), cast<F>(draw.before(f.running_mean)),
                  cast<F>(draw.before(f.running_variance)), s.N, s.D);
  Numbers<F> hidden;
  for (F v : norm.out) hidden.push_back(relu(v));
  Numbers<F> weights = softmax_weights(hidden, cast<F>(f.select_weight.values()), s.M, s.N, s.C, s.D);
  return {squeeze, linear, hidden, weights, norm};
}

Tensors fields(Draw& draw, const SmallShape& s) {
  Tensors f;
  f.counts = draw.input<float>(2 * s.M * s.N * s.C);
  f.statistics = inputs<float>(draw, s.M, 4 * s.C);
  f.squeeze_weight = draw.input<float>(s.D * s.C, weights(s.C));
  f.scale = draw.input<float>(s.D, positive);
  f.shift = draw.input<float>(s.D);
  f.select_weight = draw.input<float>(s.M * s.C * s.D, weights(s.D));
  f.squeeze = draw.output<float>(s.N * s.C);
  f.linear = draw.output<float>(s.N * s.D);
  f.hidden_statistics = draw.output<float>(4 * s.D);
  f.running_mean = draw.updated<float>(s.D);
  f.running_variance = draw.updated<float>(s.D, positive);
  f.hidden = draw.output<float>(s.N * s.D);
  f.weights = draw.output<float>(s.N * s.M * s.C);
  return f;
}

void run(Draw& draw, const Tensors& f, const SmallShape& s) {
  const SelectForward select = {
      f.squeeze,       f.linear,  {f.hidden_statistics, f.running_mean, f.running_variance, nullptr, f.scale, f.shift},
      f.hidden,        f.weights, f.squeeze_weight,
      f.select_weight, s.D};
  draw.run([&] { select_fuse(select, f.counts, each<const float*>(f.statistics), s.M, s.N, s.P, s.C, nullptr); });
}

}  // namespace

TEST(matches_reference) {
  for (const SmallShape& s : small_shapes()) {
    check("select_fuse " + s.text(), [&](Draw& draw) {
      const Tensors f = fields(draw, s);
      run(draw, f, s);
      const auto exact = reference<double>(draw, f, s);
      const auto plain = reference<float>(draw, f, s);
      draw.expect("squeeze", f.squeeze, exact.squeeze, plain.squeeze);
      draw.expect("linear", f.linear, exact.linear, plain.linear);
      expect_rows(draw, "norm", f.hidden_statistics, s.D, exact.norm.statistics, plain.norm.statistics);
      draw.expect("running mean", f.running_mean, exact.norm.running_mean, plain.norm.running_mean);
      draw.expect("running variance", f.running_variance, exact.norm.running_variance, plain.norm.running_variance);
      draw.expect("hidden", f.hidden, exact.hidden, plain.hidden);
      draw.expect("weights", f.weights, exact.weights, plain.weights);
    });
  }
}

TEST(one_sample_alone_has_hidden_units_of_its_shift) {
  const SmallShape s = {2, 1, 5, 3};
  check("select_fuse one sample", [&](Draw& draw) {
    const Tensors f = fields(draw, s);
    run(draw, f, s);
    std::vector<double> hidden;
    for (double shift : f.shift.values()) hidden.push_back(relu(shift));
    draw.expect_equal("hidden", f.hidden, hidden);
  });
}

TEST(weights_sum_to_one) {
  const SmallShape s = {3, 5, 20, 4};
  check("select_fuse sum of weights", [&](Draw& draw) {
    const Tensors f = fields(draw, s);
    run(draw, f, s);
    auto sums = draw.output<float>(s.N * s.C);
    for (int i = 0; i < s.N * s.C; ++i) {
      const std::size_t at = static_cast<std::size_t>(i / s.C) * 3 * s.C + i % s.C;
      sums.data[i] = f.weights.data[at] + f.weights.data[at + s.C] + f.weights.data[at + 2 * s.C];
    }
    draw.expect("sum", sums, std::vector<double>(s.N * s.C, 1), std::vector<float>(s.N * s.C, 1));
  });
}

TEST(large_logits_do_not_overflow) {
  const SmallShape s = {2, 4, 3, 2};
  check("select_fuse large logits", [&](Draw& draw) {
    Tensors f = fields(draw, s);
    f.select_weight = draw.input<float>(s.M * s.C * s.D, [](std::mt19937& random) { return 500 * normal(random); });
    run(draw, f, s);
    const auto exact = reference<double>(draw, f, s);
    const auto plain = reference<float>(draw, f, s);
    draw.expect("weights", f.weights, exact.weights, plain.weights);
  });
}

TEST(refuses_four_branches) {
  expect_error("select_fuse", "one to three branches", [] { select_fuse({}, nullptr, {}, 4, 1, 1, 1, nullptr); });
}
