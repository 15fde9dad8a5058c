#include "plain_layers.h"

using namespace test;

namespace {

struct Tensors {
  Field<float> sums, counts;
  Fields<float> statistics;  // of the branches' norms
  Field<float> squeeze, linear, hidden_statistics, hidden, weights, squeeze_weight, select_weight;
  Field<float> d_squeeze_weight, d_scale, d_shift, d_select_weight, d_squeeze, d_logits, d_hidden;
  Fields<float> d_scales, d_shifts, coefficients;
};

template <class F>
struct Gradients {
  Numbers<F> d_squeeze_weight, d_scale, d_shift, d_select_weight, d_squeeze;
  std::vector<Numbers<F>> d_scales, d_shifts, coefficients;
};

// Parameter gradients start from what is there.
template <class F>
Gradients<F> reference(Draw& draw, const Tensors& t, const SmallShape& s) {
  const int M = s.M;
  const int C = s.C;
  const int D = s.D;
  const auto sums = cast<F>(t.sums.values());
  const auto counts = cast<F>(t.counts.values());
  const auto weights = cast<F>(t.weights.values());
  auto at = [&](int n, int row, int c) { return (static_cast<std::size_t>(n) * 2 * M + row) * C + c; };
  Numbers<F> d_logits(weights.size());
  for (int n = 0; n < s.N; ++n) {
    for (int c = 0; c < C; ++c) {
      Numbers<F> d(M);
      F mean = 0;
      for (int m = 0; m < M; ++m) {
        const F a = static_cast<F>(t.statistics[m][2 * C + c]);
        const F b = static_cast<F>(t.statistics[m][3 * C + c]);
        d[m] = a * sums[at(n, 2 * m + 1, c)] + b * sums[at(n, 2 * m, c)];
        mean += weights[(n * M + m) * C + c] * d[m];
      }
      for (int m = 0; m < M; ++m) {
        d_logits[(n * M + m) * C + c] = weights[(n * M + m) * C + c] * (d[m] - mean);
      }
    }
  }
  const auto hidden = cast<F>(t.hidden.values());
  const auto linear = cast<F>(t.linear.values());
  const auto statistics = cast<F>(t.hidden_statistics.values());
  Numbers<F> d_hidden = times(d_logits, transposed(cast<F>(t.select_weight.values()), M * C, D), s.N, D, M * C);
  for (std::size_t i = 0; i < d_hidden.size(); ++i) d_hidden[i] = hidden[i] > 0 ? d_hidden[i] : F{0};

  Gradients<F> g;
  auto added = [&](const Field<float>& field, const Numbers<F>& more) {
    Numbers<F> all = cast<F>(draw.before(field));
    for (std::size_t i = 0; i < all.size(); ++i) all[i] += more[i];
    return all;
  };
  g.d_select_weight =
      added(t.d_select_weight, times(transposed(d_logits, s.N, M * C), transposed(hidden, s.N, D), M * C, D, s.N));
  Numbers<F> d_scale(D);
  Numbers<F> d_shift(D);
  Numbers<F> d_linear(s.N * D);
  for (int d = 0; d < D; ++d) {
    auto normalised = [&](int n) { return (linear[n * D + d] - statistics[d]) * statistics[D + d]; };
    for (int n = 0; n < s.N; ++n) {
      d_shift[d] += d_hidden[n * D + d];
      d_scale[d] += d_hidden[n * D + d] * normalised(n);
    }
    for (int n = 0; n < s.N; ++n) {
      d_linear[n * D + d] =
          statistics[2 * D + d] * (d_hidden[n * D + d] - d_shift[d] / s.N - normalised(n) * d_scale[d] / s.N);
    }
  }
  g.d_scale = added(t.d_scale, d_scale);
  g.d_shift = added(t.d_shift, d_shift);
  g.d_squeeze = times(d_linear, transposed(cast<F>(t.squeeze_weight.values()), D, C), s.N, C, D);
  g.d_squeeze_weight = added(t.d_squeeze_weight, times(transposed(d_linear, s.N, D),
                                                       transposed(cast<F>(t.squeeze.values()), s.N, C), D, C, s.N));
  for (int m = 0; m < M; ++m) {
    Numbers<F> scale(C);
    Numbers<F> shift(C);
    Numbers<F> coefficients(2 * C);
    for (int c = 0; c < C; ++c) {
      const F mean = static_cast<F>(t.statistics[m][c]);
      const F inverse = static_cast<F>(t.statistics[m][C + c]);
      const F a = static_cast<F>(t.statistics[m][2 * C + c]);
      F centred = 0;
      for (int n = 0; n < s.N; ++n) {
        const F weight = weights[(n * M + m) * C + c];
        const F share = g.d_squeeze[n * C + c] / s.P;
        const F e = sums[at(n, 2 * m, c)];
        const F f = sums[at(n, 2 * m + 1, c)];
        const F k = counts[at(n, 2 * m, c)];
        const F q = counts[at(n, 2 * m + 1, c)];
        shift[c] += weight * e + share * k;
        centred += weight * (f - mean * e) + share * (q - mean * k);
      }
      scale[c] = inverse * centred;
      const F count = static_cast<F>(s.N) * s.P;
      coefficients[c] = -a * inverse * scale[c] / count;
      coefficients[C + c] = -a * shift[c] / count - coefficients[c] * mean;
    }
    g.d_scales.push_back(added(t.d_scales[m], scale));
    g.d_shifts.push_back(added(t.d_shifts[m], shift));
    g.coefficients.push_back(coefficients);
  }
  return g;
}

Tensors tensors(Draw& draw, const SmallShape& s) {
  const int MC = s.M * s.C;
  Tensors t;
  t.sums = draw.input<float>(2 * s.N * MC);
  t.counts = draw.input<float>(2 * s.N * MC);
  t.statistics = inputs<float>(draw, s.M, 4 * s.C);
  t.squeeze = draw.input<float>(s.N * s.C);
  t.linear = draw.input<float>(s.N * s.D);
  t.hidden_statistics = draw.input<float>(4 * s.D);
  t.hidden = draw.input<float>(s.N * s.D);  // half of them off
  t.weights = draw.input<float>(s.N * MC, probability);
  t.squeeze_weight = draw.input<float>(s.D * s.C, weights(s.D));
  t.select_weight = draw.input<float>(MC * s.D, weights(MC));
  t.d_squeeze_weight = draw.updated<float>(s.D * s.C);
  t.d_scale = draw.updated<float>(s.D);
  t.d_shift = draw.updated<float>(s.D);
  t.d_select_weight = draw.updated<float>(MC * s.D);
  t.d_squeeze = draw.output<float>(s.N * s.C);
  t.d_logits = draw.output<float>(s.N * MC);
  t.d_hidden = draw.output<float>(s.N * s.D);
  for (int m = 0; m < s.M; ++m) {
    t.d_scales.push_back(draw.updated<float>(s.C));
    t.d_shifts.push_back(draw.updated<float>(s.C));
    t.coefficients.push_back(draw.output<float>(2 * s.C));
  }
  return t;
}

void run(Draw& draw, const Tensors& t, const SmallShape& s) {
  const SelectBackward select = {t.d_squeeze_weight, t.d_scale,           t.d_shift,  t.d_select_weight,
                                 t.d_squeeze,        t.d_logits,          t.d_hidden, t.squeeze,
                                 t.linear,           t.hidden_statistics, t.hidden,   t.weights,
                                 t.squeeze_weight,   t.select_weight,     s.D};
  Branches<NormBackward> norms = {};
  for (int m = 0; m < s.M; ++m) {
    norms.of[m] = {t.d_scales[m], t.d_shifts[m], t.coefficients[m], nullptr, t.statistics[m], nullptr};
  }
  draw.run([&] { select_backward_statistics(select, norms, t.sums, t.counts, s.M, s.N, s.P, s.C, nullptr); });
}

}  // namespace

TEST(matches_reference_and_accumulates) {
  for (const SmallShape& s : small_shapes()) {
    check("select_backward_statistics " + s.text(), [&](Draw& draw) {
      const Tensors t = tensors(draw, s);
      run(draw, t, s);
      const auto exact = reference<double>(draw, t, s);
      const auto plain = reference<float>(draw, t, s);
      draw.expect("d_select_weight", t.d_select_weight, exact.d_select_weight, plain.d_select_weight);
      draw.expect("d_scale", t.d_scale, exact.d_scale, plain.d_scale);
      draw.expect("d_shift", t.d_shift, exact.d_shift, plain.d_shift);
      draw.expect("d_squeeze", t.d_squeeze, exact.d_squeeze, plain.d_squeeze);
      draw.expect("d_squeeze_weight", t.d_squeeze_weight, exact.d_squeeze_weight, plain.d_squeeze_weight);
      for (int m = 0; m < s.M; ++m) {
        const std::string branch = " of branch " + std::to_string(m);
        draw.expect("d_scale" + branch, t.d_scales[m], exact.d_scales[m], plain.d_scales[m]);
        draw.expect("d_shift" + branch, t.d_shifts[m], exact.d_shifts[m], plain.d_shifts[m]);
        draw.expect("coefficients" + branch, t.coefficients[m], exact.coefficients[m], plain.coefficients[m]);
      }
    });
  }
}

TEST(gradients_of_logits_sum_to_zero_over_branches) {
  const SmallShape s = {3, 5, 20, 4};
  check("select_backward_statistics logits", [&](Draw& draw) {
    Tensors t = tensors(draw, s);
    // Weights that sum to one.
    t.weights = draw.input<float>(s.N * s.M * s.C, [i = 0](std::mt19937&) mutable {
      const double shares[] = {0.5, 0.375, 0.125};
      return shares[i++ / 20 % 3];
    });
    run(draw, t, s);
    double largest = 0;
    auto total = draw.output<float>(s.N * s.C);
    for (int i = 0; i < s.N * s.C; ++i) {
      const std::size_t at = static_cast<std::size_t>(i / s.C) * s.M * s.C + i % s.C;
      double sum = 0;
      for (int m = 0; m < s.M; ++m) {
        sum += t.d_logits[at + m * s.C];
        largest = std::max(largest, std::abs(t.d_logits[at + m * s.C]));
      }
      total.data[i] = static_cast<float>(1 + sum);
    }
    for (int i = 0; i < s.N * s.C; ++i) total.data[i] = static_cast<float>(1 + (total.data[i] - 1) / largest);
    draw.expect("1 + sum", total, std::vector<double>(s.N * s.C, 1), std::vector<float>(s.N * s.C, 1));
  });
}

TEST(refuses_four_branches) {
  expect_error("select_backward_statistics", "one to three branches",
               [] { select_backward_statistics({}, {}, nullptr, nullptr, 4, 1, 1, 1, nullptr); });
}
