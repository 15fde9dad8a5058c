// A whole selective kernel, from the convolutions' outputs through every pass and back, against its layers one by one.
#include "plain_layers.h"

using namespace test;

namespace {

struct Sizes {
  int M, N, P, C, D;
  std::size_t elements() const { return static_cast<std::size_t>(N) * P * C; }
};

// Activations are of type T, what a golden vector gives for parameters of type G.
template <class T, class G = float>
struct Unit {
  Sizes z;
  Fields<T> xs, dxs;
  Field<T> out, d_out;
  Fields<G> scales, shifts;
  Field<G> squeeze_weight, scale, shift, select_weight;
  Fields<float> running_means, running_variances, d_scales, d_shifts;
  Field<float> running_mean, running_variance;
  Field<float> d_squeeze_weight, d_scale, d_shift, d_select_weight;
  Field<float> counts, squeeze, linear, hidden_statistics, hidden, weights, sums, d_logits, d_hidden, d_squeeze;
  Fields<float> moments, statistics, coefficients;
};

// Everything but the inputs that a golden vector gives.
template <class T, class G>
void complete(Draw& draw, Unit<T, G>& u) {
  const Sizes& z = u.z;
  const int MC = z.M * z.C;
  u.dxs = outputs<T>(draw, z.M, z.elements());
  u.out = draw.output<T>(z.elements());
  for (int m = 0; m < z.M; ++m) {
    u.running_means.push_back(draw.updated<float>(z.C));
    u.running_variances.push_back(draw.updated<float>(z.C, positive));
    u.d_scales.push_back(draw.updated<float>(z.C));
    u.d_shifts.push_back(draw.updated<float>(z.C));
  }
  u.running_mean = draw.updated<float>(z.D);
  u.running_variance = draw.updated<float>(z.D, positive);
  u.d_squeeze_weight = draw.updated<float>(z.D * z.C);
  u.d_scale = draw.updated<float>(z.D);
  u.d_shift = draw.updated<float>(z.D);
  u.d_select_weight = draw.updated<float>(MC * z.D);
  u.counts = draw.output<float>(2 * z.N * MC);
  u.squeeze = draw.output<float>(z.N * z.C);
  u.linear = draw.output<float>(z.N * z.D);
  u.hidden_statistics = draw.output<float>(4 * z.D);
  u.hidden = draw.output<float>(z.N * z.D);
  u.weights = draw.output<float>(z.N * MC);
  u.sums = draw.output<float>(2 * z.N * MC);
  u.d_logits = draw.output<float>(z.N * MC);
  u.d_hidden = draw.output<float>(z.N * z.D);
  u.d_squeeze = draw.output<float>(z.N * z.C);
  u.moments = outputs<float>(draw, z.M, 2 * z.N * z.C);
  u.statistics = outputs<float>(draw, z.M, 4 * z.C);
  u.coefficients = outputs<float>(draw, z.M, 2 * z.C);
}

template <class T>
Unit<T> random_unit(Draw& draw, const Sizes& z) {
  Unit<T> u;
  u.z = z;
  u.xs = inputs<T>(draw, z.M, z.elements(), off_centre);
  u.d_out = draw.input<T>(z.elements());
  u.scales = inputs<float>(draw, z.M, z.C, positive);
  u.shifts = inputs<float>(draw, z.M, z.C);
  u.squeeze_weight = draw.input<float>(z.D * z.C, weights(z.C));
  u.scale = draw.input<float>(z.D, positive);
  u.shift = draw.input<float>(z.D);
  u.select_weight = draw.input<float>(z.M * z.C * z.D, weights(z.D));
  complete(draw, u);
  return u;
}

template <class T>
Unit<T, T> golden_unit(Draw& draw) {
  Unit<T, T> u;
  u.z = {2, 3, 4, 4, 3};
  const int elements = static_cast<int>(u.z.elements());
  for (int m = 0; m < 2; ++m) {
    u.xs.push_back(draw.template input<T>(elements, in_turn_by_channel(4, 4, [=](int i) {
                                            const int j = m * elements + i;
                                            return 1.2 * std::sin(0.53 * j + 0.2) + 0.4 * std::cos(1.7 * j);
                                          })));
    u.scales.push_back(draw.template input<T>(4, in_turn([=](int c) { return 1 + 0.2 * std::sin(4 * m + c + 0.5); })));
    u.shifts.push_back(draw.template input<T>(4, in_turn([=](int c) { return 0.3 * std::cos(1.1 * (4 * m + c)); })));
  }
  u.d_out = draw.template input<T>(elements, in_turn_by_channel(4, 4, [](int i) { return std::cos(0.41 * i); }));
  u.squeeze_weight = draw.template input<T>(12, in_turn([](int i) { return 0.9 * std::sin(0.8 * i + 0.3); }));
  u.scale = draw.template input<T>(3, in_turn([](int i) { return 1 + 0.1 * i; }));
  u.shift = draw.template input<T>(3, in_turn([](int i) { return 0.2 + 0.1 * i; }));
  u.select_weight = draw.template input<T>(24, in_turn([](int i) { return 0.8 * std::cos(0.45 * i + 0.1); }));
  complete(draw, u);
  return u;
}

template <class T>
void run(Draw& draw, const Unit<T>& u, Type type) {
  const auto [M, N, P, C, D] = u.z;
  Branches<NormForward> norms = {};
  Branches<NormBackward> gradients = {};
  for (int m = 0; m < M; ++m) {
    norms.of[m] = {u.statistics[m], u.running_means[m], u.running_variances[m], u.moments[m], u.scales[m], u.shifts[m]};
    gradients.of[m] = {u.d_scales[m], u.d_shifts[m], u.coefficients[m], nullptr, u.statistics[m], nullptr};
  }
  const SelectForward forward = {
      u.squeeze,       u.linear,  {u.hidden_statistics, u.running_mean, u.running_variance, nullptr, u.scale, u.shift},
      u.hidden,        u.weights, u.squeeze_weight,
      u.select_weight, D};
  const SelectBackward backward = {u.d_squeeze_weight, u.d_scale,           u.d_shift,  u.d_select_weight,
                                   u.d_squeeze,        u.d_logits,          u.d_hidden, u.squeeze,
                                   u.linear,           u.hidden_statistics, u.hidden,   u.weights,
                                   u.squeeze_weight,   u.select_weight,     D};
  const auto xs = each<const void*>(u.xs);
  const auto statistics = each<const float*>(u.statistics);
  const int n = N;
  const int p = P;
  const int c = C;
  const int m = M;
  draw.run([&] {
    for (int i = 0; i < m; ++i) batchnorm_moments(type, u.moments[i], u.xs[i], n, p, c, nullptr);
    select_statistics(norms, m, n, p, c, nullptr);
    select_squeeze(type, u.counts, xs, statistics, m, n, p, c, nullptr);
    select_fuse(forward, u.counts, statistics, m, n, p, c, nullptr);
    select_forward(type, u.out, xs, statistics, u.weights, m, n, p, c, nullptr);
    select_backward_sums(type, u.sums, u.d_out, xs, statistics, m, n, p, c, nullptr);
    select_backward_statistics(backward, gradients, u.sums, u.counts, m, n, p, c, nullptr);
    select_backward(type, each<void*>(u.dxs), u.d_out, xs, statistics, each<const float*>(u.coefficients), u.weights,
                    u.d_squeeze, m, n, p, c, nullptr);
  });
}

// The unit layer by layer; parameter gradients without what was there before.
template <class F>
struct Plain {
  std::vector<RowNorm<F>> norms;
  Numbers<F> squeeze, hidden, weights, out;
  std::vector<RowNorm<F>> hidden_norm;
  std::vector<typename RowNorm<F>::Gradients> d_norms, d_hidden_norm;
  Numbers<F> d_squeeze_weight, d_select_weight, d_squeeze;

  template <class T, class G>
  Plain(Draw& draw, const Unit<T, G>& u) {
    const auto [M, N, P, C, D] = u.z;
    std::vector<Numbers<F>> vs;
    Numbers<F> all(u.z.elements());
    for (int m = 0; m < M; ++m) {
      norms.emplace_back(cast<F>(u.xs[m].values()), cast<F>(u.scales[m].values()), cast<F>(u.shifts[m].values()),
                         cast<F>(draw.before(u.running_means[m])), cast<F>(draw.before(u.running_variances[m])), N * P,
                         C);
      vs.emplace_back();
      for (F v : norms[m].out) vs[m].push_back(relu(v));
      for (std::size_t i = 0; i < all.size(); ++i) all[i] += vs[m][i];
    }
    squeeze = mean_over_space(all, N, P, C);
    const auto squeeze_weight = cast<F>(u.squeeze_weight.values());
    const auto select_weight = cast<F>(u.select_weight.values());
    hidden_norm.emplace_back(times(squeeze, squeeze_weight, N, D, C), cast<F>(u.scale.values()),
                             cast<F>(u.shift.values()), cast<F>(draw.before(u.running_mean)),
                             cast<F>(draw.before(u.running_variance)), N, D);
    for (F v : hidden_norm[0].out) hidden.push_back(relu(v));
    weights = softmax_weights(hidden, select_weight, M, N, C, D);
    const int samples = P * C;
    auto weight = [&, M = M, C = C](int m, std::size_t i) { return weights[(i / samples * M + m) * C + i % C]; };
    out.resize(all.size());
    for (int m = 0; m < M; ++m) {
      for (std::size_t i = 0; i < out.size(); ++i) out[i] += weight(m, i) * vs[m][i];
    }

    const auto d_out = cast<F>(u.d_out.values());
    Numbers<F> d_weights(weights.size());
    for (int m = 0; m < M; ++m) {
      for (std::size_t i = 0; i < out.size(); ++i) d_weights[(i / samples * M + m) * C + i % C] += d_out[i] * vs[m][i];
    }
    Numbers<F> d_logits(weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const std::size_t first = i / (M * C) * M * C + i % C;
      F mean = 0;
      for (int m = 0; m < M; ++m) mean += weights[first + m * C] * d_weights[first + m * C];
      d_logits[i] = weights[i] * (d_weights[i] - mean);
    }
    Numbers<F> d_hidden = times(d_logits, transposed(select_weight, M * C, D), N, D, M * C);
    for (std::size_t i = 0; i < d_hidden.size(); ++i) d_hidden[i] = hidden[i] > 0 ? d_hidden[i] : F{0};
    d_select_weight = times(transposed(d_logits, N, M * C), transposed(hidden, N, D), M * C, D, N);
    d_hidden_norm.push_back(hidden_norm[0].backward(d_hidden));
    const Numbers<F>& d_linear = d_hidden_norm[0].dx;
    d_squeeze_weight = times(transposed(d_linear, N, D), transposed(squeeze, N, C), D, C, N);
    d_squeeze = times(d_linear, transposed(squeeze_weight, D, C), N, C, D);
    for (int m = 0; m < M; ++m) {
      Numbers<F> d_norm(out.size());
      for (std::size_t i = 0; i < out.size(); ++i) {
        const F dv = weight(m, i) * d_out[i] + d_squeeze[i / samples * C + i % C] / P;
        d_norm[i] = vs[m][i] > 0 ? dv : F{0};
      }
      d_norms.push_back(norms[m].backward(d_norm));
    }
  }
};

template <class T>
void hold(Draw& draw, const Unit<T>& u, const Plain<double>& exact, const Plain<float>& plain) {
  auto added = [&](const std::string& name, const Field<float>& field, const Numbers<double>& exactly,
                   const Numbers<float>& plainly) {
    Numbers<double> all = draw.before(field);
    Numbers<float> all_plain(all.begin(), all.end());
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i] += exactly[i];
      all_plain[i] += plainly[i];
    }
    draw.expect(name, field, all, all_plain);
  };
  draw.expect("squeeze", u.squeeze, exact.squeeze, plain.squeeze);
  draw.expect("hidden", u.hidden, exact.hidden, plain.hidden);
  draw.expect("weights", u.weights, exact.weights, plain.weights);
  draw.expect("out", u.out, exact.out, plain.out);
  draw.expect("running mean", u.running_mean, exact.hidden_norm[0].running_mean, plain.hidden_norm[0].running_mean);
  draw.expect("running variance", u.running_variance, exact.hidden_norm[0].running_variance,
              plain.hidden_norm[0].running_variance);
  added("d_squeeze_weight", u.d_squeeze_weight, exact.d_squeeze_weight, plain.d_squeeze_weight);
  added("d_select_weight", u.d_select_weight, exact.d_select_weight, plain.d_select_weight);
  added("d_scale", u.d_scale, exact.d_hidden_norm[0].d_scale, plain.d_hidden_norm[0].d_scale);
  added("d_shift", u.d_shift, exact.d_hidden_norm[0].d_shift, plain.d_hidden_norm[0].d_shift);
  for (int m = 0; m < u.z.M; ++m) {
    const std::string of = " of branch " + std::to_string(m);
    draw.expect("dx" + of, u.dxs[m], exact.d_norms[m].dx, plain.d_norms[m].dx);
    added("d_scale" + of, u.d_scales[m], exact.d_norms[m].d_scale, plain.d_norms[m].d_scale);
    added("d_shift" + of, u.d_shifts[m], exact.d_norms[m].d_shift, plain.d_norms[m].d_shift);
    draw.expect("running mean" + of, u.running_means[m], exact.norms[m].running_mean, plain.norms[m].running_mean);
    draw.expect("running variance" + of, u.running_variances[m], exact.norms[m].running_variance,
                plain.norms[m].running_variance);
  }
}

}  // namespace

TEST(matches_its_layers_one_by_one) {
  for (const Sizes& z : {Sizes{2, 5, 12, 16, 8}, Sizes{3, 9, 7, 5, 4}, Sizes{1, 5, 9, 8, 3}}) {
    for_each_type([&](auto zero, Type type) {
      using T = decltype(zero);
      const Shape s = {z.N, z.P, z.C};
      check(std::string("selective unit ") + type_name<T>() + " " + text(z.M, s), [&](Draw& draw) {
        const Unit<T> u = random_unit<T>(draw, z);
        run(draw, u, type);
        hold(draw, u, Plain<double>(draw, u), Plain<float>(draw, u));
      });
    });
  }
}

TEST(matches_golden_vectors) {
  check("selective unit golden", [](Draw& draw) {
    const auto u = golden_unit<float>(draw);
    run(draw, u, Type::FLOAT32);
    hold(draw, u, Plain<double>(draw, u), Plain<float>(draw, u));
  });
}

// The layers themselves against numbers that were checked by central differences.
TEST(layers_match_golden_vectors) {
  check("layers of the selective unit", [](Draw& draw) {
    const auto u = golden_unit<double>(draw);
    const Plain<double> r(draw, u);
    double loss = 0;
    for (std::size_t i = 0; i < r.out.size(); ++i) loss += r.out[i] * u.d_out[i];
    expect_close("loss", loss, 0.367802434967);
    expect_printed("squeeze", r.squeeze, {2.40738430042, 0.73505523101, 0.207548045698, 2.12676792023});
    // Golden weights are (M, N, C).
    expect_printed("weights", r.weights, {0.475886384304, 0.360609773593, 0.461494137778, 0.623661877451});
    expect_close("out sum", sum(r.out), 22.2201790456);
    expect_close("out sumsq", sum_of_squares(r.out), 25.9881802905);
    expect_close("dx sumsq", sum_of_squares(r.d_norms[0].dx) + sum_of_squares(r.d_norms[1].dx), 2.64296369845);
    expect_printed("dx", by_channel(r.d_norms[0].dx, 4, 4),
                   {0.1204798448, 0.0457364779013, -0.113201955393, -0.44495670599});
    expect_printed("d_scale of branch 0", r.d_norms[0].d_scale,
                   {1.14391467228, -0.301672283702, -0.0743799311755, 2.20113356224});
    expect_printed("d_scale of branch 1", r.d_norms[1].d_scale,
                   {1.4238433243, -3.00163910254, -0.74278033243, 0.951345031377});
    expect_printed("d_shift of branch 0", r.d_norms[0].d_shift,
                   {2.13709150182, -0.619316697349, -0.12712407984, 2.2525749195});
    expect_printed("d_shift of branch 1", r.d_norms[1].d_shift,
                   {1.58490310882, -3.94906820886, -1.38590758067, 1.28006879127});
    expect_printed("d_squeeze_weight", r.d_squeeze_weight, {-0.0247861355014, -0.00460233432007, 0.0234706586726});
    expect_close("d_squeeze_weight sumsq", sum_of_squares(r.d_squeeze_weight), 65.7117864034);
    expect_printed("d_scale", r.d_hidden_norm[0].d_scale, {0.0356379310129, -0.2437836802, 0.132013354715});
    expect_printed("d_shift", r.d_hidden_norm[0].d_shift, {0.025304357205, -0.414027638448, -0.393648081951});
    expect_printed("d_select_weight", r.d_select_weight, {0.0, 0.667350505822, 0.0448240839412});
    expect_close("d_select_weight sumsq", sum_of_squares(r.d_select_weight), 1.5400648298);
    expect_close("sum of d_select_weight", sum(r.d_select_weight), 0);
  });
}

TEST(gradients_of_inputs_sum_to_zero) {
  check("selective unit sums", [](Draw& draw) {
    const Unit<float> u = random_unit<float>(draw, {2, 5, 12, 16, 8});
    run(draw, u, Type::FLOAT32);
    const Plain<float> plain(draw, u);
    for (int m = 0; m < 2; ++m) {
      auto sums_of = [](const auto& dx) {
        Numbers<double> sums(16);
        for (std::size_t i = 0; i < dx.size(); ++i) sums[i % 16] += dx[i];
        return sums;
      };
      auto sums = draw.output<float>(16);
      const Numbers<double> plainly = sums_of(plain.d_norms[m].dx);
      Numbers<float> one_more;
      for (int c = 0; c < 16; ++c) {
        sums.data[c] = static_cast<float>(1 + sums_of(u.dxs[m].values())[c]);
        one_more.push_back(static_cast<float>(1 + plainly[c]));
      }
      draw.expect("1 + sum", sums, Numbers<double>(16, 1), one_more);
    }
  });
}
