// What lies between the passes of batch norm: statistics and their gradients, with an excitation and without.
#include "excite_reference.h"

using namespace test;
using namespace excitation;

namespace {

std::vector<Shape> small_shapes() {
  std::vector<Shape> all = {{1, 1, 1}, {5, 49, 3}, {2, 9, 64}, {33, 4, 20}, {70, 3, 40}, {3, 5, 100}};
  return all;
}

// ---- statistics -------------------------------------------------------------------------------------------------

template <class F>
struct Statistics {
  std::vector<F> rows, mean, variance, squeeze;
};

struct NormInput {
  std::vector<double> moments, scale, shift, running_mean, running_variance;
};

template <class F>
Statistics<F> statistics_reference(const Shape& s, const NormInput& in) {
  Statistics<F> out{std::vector<F>(4 * s.C), as<F>(in.running_mean), as<F>(in.running_variance),
                    std::vector<F>(s.N * s.C)};
  const auto m = as<F>(in.moments);
  const F count = static_cast<F>(s.N) * s.P;
  for (int c = 0; c < s.C; ++c) {
    F sum = 0;
    for (int n = 0; n < s.N; ++n) sum += m[2 * n * s.C + c];
    const F mean = sum / s.N;
    F squares = 0;
    for (int n = 0; n < s.N; ++n) {
      const F distance = m[2 * n * s.C + c] - mean;
      squares += m[(2 * n + 1) * s.C + c] + s.P * (distance * distance);
    }
    const F inverse = 1 / std::sqrt(squares / count + static_cast<F>(1e-5f));
    const F a = static_cast<F>(in.scale[c]) * inverse;
    out.rows[c] = mean;
    out.rows[s.C + c] = inverse;
    out.rows[2 * s.C + c] = a;
    out.rows[3 * s.C + c] = static_cast<F>(in.shift[c]) - a * mean;
    out.mean[c] = (1 - static_cast<F>(0.1f)) * out.mean[c] + static_cast<F>(0.1f) * mean;
    out.variance[c] = (1 - static_cast<F>(0.1f)) * out.variance[c] +
                      static_cast<F>(0.1f) * (squares / (count > 2 ? count - 1 : F(1)));
    for (int n = 0; n < s.N; ++n) out.squeeze[n * s.C + c] = a * m[2 * n * s.C + c] + out.rows[3 * s.C + c];
  }
  return out;
}

struct NormFields {
  Field<float> moments, scale, shift, mean, variance, statistics;
  NormForward launch() const { return {statistics, mean, variance, moments, scale, shift}; }
  NormInput input(const Draw& draw) const {
    return {moments.values(), scale.values(), shift.values(), draw.before(mean), draw.before(variance)};
  }
};

NormFields norm_fields(Draw& draw, const Shape& s, const Values& of_moments = positive) {
  auto moments = draw.input<float>(2 * s.N * s.C, of_moments);
  return {moments,
          draw.input<float>(s.C, positive),
          draw.input<float>(s.C),
          draw.updated<float>(s.C),
          draw.updated<float>(s.C, positive),
          draw.output<float>(4 * s.C)};
}

void expect_statistics(Draw& draw, const std::string& what, const Shape& s, const NormFields& f) {
  const auto exact = statistics_reference<double>(s, f.input(draw));
  const auto plain = statistics_reference<float>(s, f.input(draw));
  draw.expect(what + "statistics", f.statistics, exact.rows, plain.rows);
  draw.expect(what + "running mean", f.mean, exact.mean, plain.mean);
  draw.expect(what + "running variance", f.variance, exact.variance, plain.variance);
}

template <class F>
std::vector<F> gate_gradient(const Shape& s, const std::vector<F>& sums, const std::vector<F>& k) {
  std::vector<F> d(s.N * s.C);
  for (int n = 0; n < s.N; ++n) {
    for (int c = 0; c < s.C; ++c) {
      d[n * s.C + c] = k[2 * s.C + c] * sums[(2 * n + 1) * s.C + c] + k[3 * s.C + c] * sums[2 * n * s.C + c];
    }
  }
  return d;
}

template <class F>
struct NormGradients {
  std::vector<F> d_scale, d_shift, coefficients;
};

template <class F>
NormGradients<F> norm_gradients(const Shape& s, const std::vector<F>& sums, const std::vector<F>& k,
                                const std::vector<F>& moments, const std::vector<F>* gate,
                                const std::vector<F>* d_squeeze, std::vector<F> d_scale, std::vector<F> d_shift) {
  NormGradients<F> out{std::move(d_scale), std::move(d_shift), std::vector<F>(2 * s.C)};
  const F count = static_cast<F>(s.N) * s.P;
  for (int c = 0; c < s.C; ++c) {
    const F mean = k[c];
    F shift = 0;
    F centred = 0;
    for (int n = 0; n < s.N; ++n) {
      F g = sums[2 * n * s.C + c];
      F gx = sums[(2 * n + 1) * s.C + c] - mean * g;
      if (gate != nullptr) {
        const F through = (*d_squeeze)[n * s.C + c];
        g = (*gate)[n * s.C + c] * g + through;
        gx = (*gate)[n * s.C + c] * gx + through * (moments[2 * n * s.C + c] - mean);
      }
      shift += g;
      centred += gx;
    }
    const F scale = k[s.C + c] * centred;
    out.d_shift[c] += shift;
    out.d_scale[c] += scale;
    out.coefficients[c] = -k[2 * s.C + c] * k[s.C + c] * scale / count;
    out.coefficients[s.C + c] = -k[2 * s.C + c] * shift / count - out.coefficients[c] * mean;
  }
  return out;
}

}  // namespace

TEST(statistics_match_reference) {
  for (const Shape& s : small_shapes()) {
    for (bool residual : {false, true}) {
      check("batchnorm_statistics " + std::string(residual ? "of two norms " : "") + s.text(), [&](Draw& draw) {
        const NormFields norm = norm_fields(draw, s);
        const NormFields other = norm_fields(draw, s);
        draw.run([&] {
          batchnorm_statistics(norm.launch(), residual ? other.launch() : NormForward{}, ExciteForward{}, s.N, s.P, s.C,
                               nullptr);
        });
        expect_statistics(draw, "", s, norm);
        if (residual) expect_statistics(draw, "residual ", s, other);
      });
    }
  }
}

// Each channel's means lie close together but far from those of the next.
TEST(statistics_match_reference_where_channels_lie_apart) {
  const Shape s = {5, 49, 37};
  check("batchnorm_statistics of channels far apart", [&](Draw& draw) {
    std::size_t i = 0;
    const NormFields norm = norm_fields(draw, s, [&](std::mt19937& random) {
      const std::size_t c = i % s.C;
      const bool is_mean = i++ / s.C % 2 == 0;
      return is_mean ? 1000.0 * static_cast<double>(c) + normal(random) : positive(random);
    });
    draw.run([&] { batchnorm_statistics(norm.launch(), NormForward{}, ExciteForward{}, s.N, s.P, s.C, nullptr); });
    const auto exact = statistics_reference<double>(s, norm.input(draw));
    const auto plain = statistics_reference<float>(s, norm.input(draw));
    draw.expect("running variance", norm.variance, exact.variance, plain.variance);
  });
}

TEST(statistics_with_excitation_match_reference) {
  for (const Shape& s : small_shapes()) {
    for (const Layers& l : LAYERS) {
      check("batchnorm_statistics with excitation of " + std::to_string(l.R) + " " + s.text(), [&](Draw& draw) {
        const NormFields norm = norm_fields(draw, s);
        const NormFields other = norm_fields(draw, s);
        const LayerFields w = layer_fields(draw, s.C, l.R);
        auto squeeze = draw.output<float>(s.N * s.C);
        auto hidden = draw.output<float>(s.N * l.R);
        auto gate = draw.output<float>(s.N * s.C);
        draw.run([&] {
          batchnorm_statistics(norm.launch(), other.launch(),
                               {squeeze, hidden, gate, w.w1, l.biased ? w.b1.data : nullptr, w.w2,
                                l.biased ? w.b2.data : nullptr, l.R, l.kind},
                               s.N, s.P, s.C, nullptr);
        });
        expect_statistics(draw, "", s, norm);
        expect_statistics(draw, "residual ", s, other);
        const auto z = statistics_reference<double>(s, norm.input(draw)).squeeze;
        const auto zf = statistics_reference<float>(s, norm.input(draw)).squeeze;
        draw.expect("squeeze", squeeze, z, zf);
        const auto exact = excite_reference<double>(s.N, s.C, l, z, w.weights());
        const auto plain = excite_reference<float>(s.N, s.C, l, zf, w.weights());
        draw.expect("hidden", hidden, exact.hidden, plain.hidden);
        draw.expect("gate", gate, exact.gate, plain.gate);
      });
    }
  }
}

TEST(backward_statistics_match_reference) {
  auto all_shapes = small_shapes();
  all_shapes.push_back({2, 2, 800});  // more channels than the grid has threads
  for (const Shape& s : all_shapes) {
    for (const Layers& l : LAYERS) {
      if (s.C == 800 && l.R != 5) continue;
      for (const bool gated : {false, true}) {
        if (!gated && l.R != 1) continue;
        const bool residual = s.N != 5;
        check("batchnorm_backward_statistics " + std::string(gated ? "with excitation of " + std::to_string(l.R) : "") +
                  " " + s.text() + (residual ? " of two norms" : ""),
              [&](Draw& draw) {
                struct Side {
                  Field<float> sums, k, moments, d_scale, d_shift, coefficients;
                };
                auto side = [&] {
                  auto sums = draw.input<float>(2 * s.N * s.C);
                  return Side{sums,
                              draw.input<float>(4 * s.C),
                              draw.input<float>(2 * s.N * s.C),
                              draw.updated<float>(s.C),
                              draw.updated<float>(s.C),
                              draw.output<float>(2 * s.C)};
                };
                const Side norm = side();
                const Side other = side();
                const LayerFields w = layer_fields(draw, s.C, l.R);
                const GradientFields g = gradient_fields(draw, s, l.R);
                auto squeeze = draw.input<float>(s.N * s.C);
                auto hidden = draw.input<float>(s.N * l.R, [](std::mt19937& r) { return std::max(0.0, normal(r)); });
                auto gate = draw.input<float>(s.N * s.C, probability);
                auto d_gate = draw.output<float>(s.N * s.C);
                ExciteBackward e = {g.w1,      l.biased ? g.b1.data : nullptr,
                                    g.w2,      l.biased ? g.b2.data : nullptr,
                                    g.squeeze, d_gate,
                                    g.hidden,  squeeze,
                                    hidden,    gate,
                                    w.w1,      w.w2,
                                    l.R,       l.kind};
                auto launch = [](const Side& n) {
                  return NormBackward{n.d_scale, n.d_shift, n.coefficients, n.sums, n.k, n.moments};
                };
                draw.run([&] {
                  batchnorm_backward_statistics(launch(norm), residual ? launch(other) : NormBackward{},
                                                gated ? e : ExciteBackward{}, s.N, s.P, s.C, nullptr);
                });
                auto all = [&](auto zero) {
                  using F = decltype(zero);
                  auto d = before<F>(draw, g);
                  const auto dg = gate_gradient<F>(s, as<F>(norm.sums.values()), as<F>(norm.k.values()));
                  const auto gates = as<F>(gate.values());
                  excite_gradients<F>(d, s.N, s.C, l, dg, as<F>(squeeze.values()), as<F>(hidden.values()), gates,
                                      as<F>(w.w1.values()), as<F>(w.w2.values()));
                  auto gradients = [&](const Side& n, bool with) {
                    return norm_gradients<F>(s, as<F>(n.sums.values()), as<F>(n.k.values()), as<F>(n.moments.values()),
                                             with ? &gates : nullptr, with ? &d.d_squeeze : nullptr,
                                             as<F>(draw.before(n.d_scale)), as<F>(draw.before(n.d_shift)));
                  };
                  return std::make_tuple(d, dg, gradients(norm, gated), gradients(other, false));
                };
                const auto [d, dg, n, o] = all(double{});
                const auto [df, dgf, nf, of] = all(float{});
                if (gated) {
                  expect_gradients(draw, g, d, df);
                  draw.expect("d_gate", d_gate, dg, dgf);
                }
                draw.expect("d_scale", norm.d_scale, n.d_scale, nf.d_scale);
                draw.expect("d_shift", norm.d_shift, n.d_shift, nf.d_shift);
                draw.expect("coefficients", norm.coefficients, n.coefficients, nf.coefficients);
                if (!residual) return;
                draw.expect("residual d_scale", other.d_scale, o.d_scale, of.d_scale);
                draw.expect("residual d_shift", other.d_shift, o.d_shift, of.d_shift);
                draw.expect("residual coefficients", other.coefficients, o.coefficients, of.coefficients);
              });
      }
    }
  }
}
