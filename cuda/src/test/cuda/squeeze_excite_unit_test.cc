// The residual unit with squeeze-and-excitation before the sum, through every pass and back, against its layers one by
// one.
#include "plain_layers.h"

using namespace test;

namespace {

struct Sizes {
  int N, P, C, R;
  std::size_t elements() const { return static_cast<std::size_t>(N) * P * C; }
  std::string text() const { return Shape{N, P, C}.text() + " " + std::to_string(R) + " hidden"; }
};

// Activations are of type T, what a golden vector gives for parameters of type G.
template <class T, class G = float>
struct Unit {
  Sizes z;
  Field<T> x, residual, d_out, out, dx, d_residual;
  Field<G> scale, shift, weight1, bias1, weight2, bias2;
  Field<float> running_mean, running_variance, d_scale, d_shift, d_weight1, d_bias1, d_weight2, d_bias2;
  Field<float> moments, statistics, squeeze, hidden, gate, sums, coefficients, d_squeeze, d_gate, d_hidden;
  Field<std::uint8_t> mask;
};

template <class T, class G>
void complete(Draw& draw, Unit<T, G>& u) {
  const auto [N, P, C, R] = u.z;
  u.out = draw.output<T>(u.z.elements());
  u.dx = draw.output<T>(u.z.elements());
  u.d_residual = draw.output<T>(u.z.elements());
  u.mask = draw.output<std::uint8_t>((u.z.elements() + 7) / 8);
  u.running_mean = draw.updated<float>(C);
  u.running_variance = draw.updated<float>(C, positive);
  u.d_scale = draw.updated<float>(C);
  u.d_shift = draw.updated<float>(C);
  u.d_weight1 = draw.updated<float>(R * C);
  u.d_bias1 = draw.updated<float>(R);
  u.d_weight2 = draw.updated<float>(C * R);
  u.d_bias2 = draw.updated<float>(C);
  u.moments = draw.output<float>(2 * N * C);
  u.statistics = draw.output<float>(4 * C);
  u.squeeze = draw.output<float>(N * C);
  u.hidden = draw.output<float>(N * R);
  u.gate = draw.output<float>(N * C);
  u.sums = draw.output<float>(2 * N * C);
  u.coefficients = draw.output<float>(2 * C);
  u.d_squeeze = draw.output<float>(N * C);
  u.d_gate = draw.output<float>(N * C);
  u.d_hidden = draw.output<float>(N * R);
}

template <class T>
Unit<T> random_unit(Draw& draw, const Sizes& z) {
  Unit<T> u;
  u.z = z;
  u.x = draw.input<T>(z.elements(), off_centre);
  u.residual = draw.input<T>(z.elements());
  u.d_out = draw.input<T>(z.elements());
  u.scale = draw.input<float>(z.C, positive);
  u.shift = draw.input<float>(z.C);
  u.weight1 = draw.input<float>(z.R * z.C, weights(z.C));
  u.bias1 = draw.input<float>(z.R);
  u.weight2 = draw.input<float>(z.C * z.R, weights(z.R));
  u.bias2 = draw.input<float>(z.C);
  complete(draw, u);
  return u;
}

template <class T>
Unit<T, T> golden_unit(Draw& draw) {
  Unit<T, T> u;
  u.z = {2, 6, 4, 2};
  auto activation = [&](const std::function<double(int)>& f) {
    return draw.template input<T>(48, in_turn_by_channel(6, 4, f));
  };
  auto parameter = [&](int count, const std::function<double(int)>& f) {
    return draw.template input<T>(count, in_turn(f));
  };
  u.x = activation([](int i) { return 1.5 * std::sin(0.7 * i + 0.1) + 0.3 * std::cos(1.9 * i); });
  u.residual = activation([](int i) { return std::sin(1.3 * i + 0.5); });
  u.d_out = activation([](int i) { return std::cos(0.37 * i); });
  u.scale = parameter(4, [](int i) { return 1 + 0.25 * std::sin(i + 1); });
  u.shift = parameter(4, [](int i) { return 0.2 * std::cos(2 * i); });
  u.weight1 = parameter(8, [](int i) { return 0.8 * std::sin(0.9 * i + 0.2); });
  u.bias1 = parameter(2, [](int i) { return 0.1 * (i + 1); });
  u.weight2 = parameter(8, [](int i) { return 0.7 * std::cos(0.6 * i + 0.4); });
  u.bias2 = parameter(4, [](int i) { return 0.05 * i - 0.1; });
  complete(draw, u);
  return u;
}

template <class T>
void run(Draw& draw, const Unit<T>& u, Type type) {
  const int n = u.z.N;
  const int p = u.z.P;
  const int c = u.z.C;
  const NormForward norm = {u.statistics, u.running_mean, u.running_variance, u.moments, u.scale, u.shift};
  const NormBackward d_norm = {u.d_scale, u.d_shift, u.coefficients, u.sums, u.statistics, u.moments};
  const ExciteForward excite = {u.squeeze, u.hidden, u.gate, u.weight1,    u.bias1,
                                u.weight2, u.bias2,  u.z.R,  Gate::SIGMOID};
  const ExciteBackward d_excite = {u.d_weight1, u.d_bias1,  u.d_weight2, u.d_bias2,    u.d_squeeze,
                                   u.d_gate,    u.d_hidden, u.squeeze,   u.hidden,     u.gate,
                                   u.weight1,   u.weight2,  u.z.R,       Gate::SIGMOID};
  draw.run([&] {
    batchnorm_moments(type, u.moments, u.x, n, p, c, nullptr);
    batchnorm_statistics(norm, {}, excite, n, p, c, nullptr);
    batchnorm_forward(type, u.out, u.mask, u.x, u.residual, u.statistics, nullptr, u.gate, n, p, c, nullptr);
    batchnorm_backward_sums(type, u.sums, nullptr, u.d_out, u.mask, u.x, nullptr, n, p, c, nullptr);
    batchnorm_backward_statistics(d_norm, {}, d_excite, n, p, c, nullptr);
    batchnorm_backward(type, u.dx, u.d_residual, u.d_out, u.mask, u.x, nullptr, u.statistics, u.coefficients, nullptr,
                       nullptr, u.gate, u.d_squeeze, n, p, c, nullptr);
  });
}

// The unit layer by layer; parameter gradients without what was there before.
template <class F>
struct Plain {
  RowNorm<F> norm;
  Numbers<F> squeezed;  // what the squeeze reads and the gate scales
  Excited<F> excited;
  Numbers<F> out, d_residual;
  typename RowNorm<F>::Gradients d_norm;
  typename Excited<F>::Gradients d_excited;

  template <class T, class G>
  Plain(Draw& draw, const Unit<T, G>& u)
      : norm(cast<F>(u.x.values()), cast<F>(u.scale.values()), cast<F>(u.shift.values()),
             cast<F>(draw.before(u.running_mean)), cast<F>(draw.before(u.running_variance)), u.z.N * u.z.P, u.z.C),
        squeezed(norm.out),
        excited(mean_over_space(squeezed, u.z.N, u.z.P, u.z.C), cast<F>(u.weight1.values()), cast<F>(u.bias1.values()),
                cast<F>(u.weight2.values()), cast<F>(u.bias2.values()), u.z.N, u.z.C, u.z.R) {
    const auto [N, P, C, R] = u.z;
    auto sample_and_channel = [P = P, C = C](std::size_t i) { return i / C / P * C + i % C; };
    const auto residual = cast<F>(u.residual.values());
    Numbers<F> d_sum = cast<F>(u.d_out.values());
    for (std::size_t i = 0; i < squeezed.size(); ++i) {
      out.push_back(excited.gate[sample_and_channel(i)] * squeezed[i]);
      out[i] = relu(out[i] + residual[i]);
      d_sum[i] = out[i] > 0 ? d_sum[i] : F{0};
    }
    d_residual = d_sum;
    Numbers<F> d_gate(excited.gate.size());
    for (std::size_t i = 0; i < d_sum.size(); ++i) d_gate[sample_and_channel(i)] += d_sum[i] * squeezed[i];
    d_excited = excited.backward(d_gate);
    Numbers<F> d_squeezed(d_sum.size());
    for (std::size_t i = 0; i < d_sum.size(); ++i) {
      const std::size_t nc = sample_and_channel(i);
      d_squeezed[i] = excited.gate[nc] * d_sum[i] + d_excited.d_squeeze[nc] / P;
    }
    d_norm = norm.backward(d_squeezed);
  }
};

template <class T>
void hold(Draw& draw, const Unit<T>& u) {
  const Plain<double> exact(draw, u);
  const Plain<float> plain(draw, u);
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
  draw.expect("squeeze", u.squeeze, exact.excited.squeeze, plain.excited.squeeze);
  draw.expect("gate", u.gate, exact.excited.gate, plain.excited.gate);
  draw.expect("out", u.out, exact.out, plain.out);
  draw.expect("running mean", u.running_mean, exact.norm.running_mean, plain.norm.running_mean);
  draw.expect("running variance", u.running_variance, exact.norm.running_variance, plain.norm.running_variance);
  draw.expect("dx", u.dx, exact.d_norm.dx, plain.d_norm.dx);
  draw.expect("d_residual", u.d_residual, exact.d_residual, plain.d_residual);
  added("d_scale", u.d_scale, exact.d_norm.d_scale, plain.d_norm.d_scale);
  added("d_shift", u.d_shift, exact.d_norm.d_shift, plain.d_norm.d_shift);
  added("d_weight1", u.d_weight1, exact.d_excited.d_weight1, plain.d_excited.d_weight1);
  added("d_bias1", u.d_bias1, exact.d_excited.d_bias1, plain.d_excited.d_bias1);
  added("d_weight2", u.d_weight2, exact.d_excited.d_weight2, plain.d_excited.d_weight2);
  added("d_bias2", u.d_bias2, exact.d_excited.d_bias2, plain.d_excited.d_bias2);
}

}  // namespace

TEST(residual_unit_matches_its_layers_one_by_one) {
  for (const Sizes& z : {Sizes{3, 12, 24, 8}, Sizes{5, 7, 10, 3}, Sizes{1, 9, 16, 4}, Sizes{33, 3, 40, 35}}) {
    for_each_type([&](auto zero, Type type) {
      using T = decltype(zero);
      check(std::string("residual unit ") + type_name<T>() + " " + z.text(), [&](Draw& draw) {
        const Unit<T> u = random_unit<T>(draw, z);
        run(draw, u, type);
        hold(draw, u);
      });
    });
  }
}

TEST(residual_unit_matches_golden_vectors) {
  check("residual unit golden", [](Draw& draw) {
    const auto u = golden_unit<float>(draw);
    run(draw, u, Type::FLOAT32);
    hold(draw, u);
  });
}

// The layers themselves against numbers that were checked by central differences.
TEST(layers_match_golden_vectors) {
  check("layers of the residual unit", [](Draw& draw) {
    const auto u = golden_unit<double>(draw);
    const Plain<double> r(draw, u);
    double loss = 0;
    for (std::size_t i = 0; i < r.out.size(); ++i) loss += r.out[i] * u.d_out[i];
    expect_close("loss", loss, -0.210045988523);
    expect_printed("mean", r.norm.statistics, {0.222608419985, -0.303603285451, 0.0880700114855, 0.258403976497});
    expect_printed("squeeze", r.excited.squeeze, {0.629627413117, 0.129885371901, -0.66330611526, 0.444365655587});
    expect_printed("gate", r.excited.gate, {0.493850153893, 0.467016585127, 0.466321814268, 0.508586424736});
    expect_close("out sum", sum(r.out), 17.0495347432);
    expect_close("out sumsq", sum_of_squares(r.out), 21.1578088134);
    expect_printed("dx", by_channel(r.d_norm.dx, 6, 4),
                   {0.424405319339, 0.355070790561, 0.230400075946, -0.192949084842});
    expect_close("dx sumsq", sum_of_squares(r.d_norm.dx), 1.79725048612);
    expect_close("d_residual sumsq", sum_of_squares(r.d_residual), 8.89318479553);
    expect_printed("d_scale", r.d_norm.d_scale, {0.683555550291, -1.47206619819, -0.706681282607, 1.16505051998});
    expect_printed("d_shift", r.d_norm.d_shift, {0.604388185525, -0.577569096635, -0.488593890908, 0.0781667516749});
    expect_printed("d_weight1", r.d_excited.d_weight1,
                   {0.0132249792816, 0.0170674076573, -0.0231437537102, 0.00347272879428, 0.376916179153,
                    0.0264395568609, -0.364113691742, 0.2869860921});
    expect_printed("d_bias1", r.d_excited.d_bias1, {-0.0575932076319, 0.879902234254});
    expect_printed("d_weight2", r.d_excited.d_weight2,
                   {-0.014622542733, 0.100642332899, -0.0619421868749, -0.252099046967, -0.0130214104262,
                    -0.103708615986, 0.0176735316207, 0.108215892687});
    expect_printed("d_bias2", r.d_excited.d_bias2, {0.580267762972, -0.9450097917, -0.453039135878, 0.451648802888});
  });
}

// The mean over samples of the squeeze is the norm's shift.
TEST(squeezes_of_the_residual_unit_average_to_the_shift) {
  check("residual unit squeeze", [](Draw& draw) {
    const Sizes z = {5, 7, 10, 3};
    const Unit<float> u = random_unit<float>(draw, z);
    run(draw, u, Type::FLOAT32);
    auto mean = draw.output<float>(z.C);
    for (int c = 0; c < z.C; ++c) {
      double sum = 0;
      for (int n = 0; n < z.N; ++n) sum += u.squeeze[n * z.C + c];
      mean.data[c] = static_cast<float>(sum / z.N);
    }
    const std::vector<double> shift = u.shift.values();
    draw.expect("mean", mean, shift, std::vector<float>(shift.begin(), shift.end()));
  });
}
