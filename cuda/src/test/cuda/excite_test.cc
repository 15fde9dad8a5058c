// The small passes: batch statistics, the excitation's layers and all their gradients.
#include "test.h"

using namespace test;

namespace {

struct Layers {
  int R;
  bool biased;
  Gate kind;
};

const std::vector<Layers> LAYERS = {
    {1, false, Gate::SIGMOID}, {5, true, Gate::SIGMOID}, {33, true, Gate::TANH}, {40, false, Gate::RELU}};

std::vector<Shape> small_shapes() {
  std::vector<Shape> all = {{1, 1, 1}, {5, 49, 3}, {2, 9, 64}, {33, 4, 20}, {70, 3, 40}, {3, 5, 100}};
  return all;
}

template <class F>
F gate_of(Gate kind, F v) {
  if (kind == Gate::SIGMOID) return 1 / (1 + std::exp(-v));
  if (kind == Gate::TANH) return std::tanh(v);
  return v > 0 ? v : F(0);
}

template <class F>
F slope_of(Gate kind, F gate) {
  if (kind == Gate::SIGMOID) return gate * (1 - gate);
  if (kind == Gate::TANH) return 1 - gate * gate;
  return gate > 0 ? F(1) : F(0);
}

template <class F>
std::vector<F> as(const std::vector<double>& values) {
  return std::vector<F>(values.begin(), values.end());
}

template <class F>
struct Forward {
  std::vector<F> hidden, gate;
};

struct Weights {
  std::vector<double> w1, b1, w2, b2;
};

template <class F>
Forward<F> excite_reference(int N, int C, const Layers& l, const std::vector<F>& squeeze, const Weights& w) {
  Forward<F> out{std::vector<F>(N * l.R), std::vector<F>(N * C)};
  for (int n = 0; n < N; ++n) {
    for (int r = 0; r < l.R; ++r) {
      F sum = 0;
      for (int c = 0; c < C; ++c) sum += static_cast<F>(w.w1[r * C + c]) * squeeze[n * C + c];
      if (l.biased) sum += static_cast<F>(w.b1[r]);
      out.hidden[n * l.R + r] = sum > 0 ? sum : F(0);
    }
    for (int c = 0; c < C; ++c) {
      F sum = 0;
      for (int r = 0; r < l.R; ++r) sum += static_cast<F>(w.w2[c * l.R + r]) * out.hidden[n * l.R + r];
      if (l.biased) sum += static_cast<F>(w.b2[c]);
      out.gate[n * C + c] = gate_of(l.kind, sum);
    }
  }
  return out;
}

template <class F>
struct Backward {
  std::vector<F> w1, b1, w2, b2, d_squeeze;
};

// Adds to what the four gradients hold.
template <class F>
void excite_gradients(Backward<F>& d, int N, int C, const Layers& l, const std::vector<F>& d_gate,
                      const std::vector<F>& squeeze, const std::vector<F>& hidden, const std::vector<F>& gate,
                      const std::vector<F>& w1, const std::vector<F>& w2) {
  Backward<F> sum{std::vector<F>(l.R * C), std::vector<F>(l.R), std::vector<F>(C * l.R), std::vector<F>(C), {}};
  d.d_squeeze.assign(N * C, 0);
  for (int n = 0; n < N; ++n) {
    std::vector<F> dh(l.R);
    for (int c = 0; c < C; ++c) {
      const F q = d_gate[n * C + c] * slope_of(l.kind, gate[n * C + c]);
      sum.b2[c] += q;
      for (int r = 0; r < l.R; ++r) {
        sum.w2[c * l.R + r] += q * hidden[n * l.R + r];
        dh[r] += q * w2[c * l.R + r];
      }
    }
    for (int r = 0; r < l.R; ++r) {
      if (!(hidden[n * l.R + r] > 0)) dh[r] = 0;
      sum.b1[r] += dh[r];
      for (int c = 0; c < C; ++c) {
        sum.w1[r * C + c] += dh[r] * squeeze[n * C + c];
        d.d_squeeze[n * C + c] += dh[r] * w1[r * C + c];
      }
    }
  }
  auto add = [](std::vector<F>& to, const std::vector<F>& from) {
    for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
  };
  add(d.w1, sum.w1);
  add(d.w2, sum.w2);
  if (l.biased) {
    add(d.b1, sum.b1);
    add(d.b2, sum.b2);
  }
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

struct LayerFields {
  Field<float> w1, b1, w2, b2;
  Weights weights() const { return {w1.values(), b1.values(), w2.values(), b2.values()}; }
};

LayerFields layer_fields(Draw& draw, int C, int R) {
  auto w1 = draw.input<float>(R * C, weights(C));
  return {w1, draw.input<float>(R), draw.input<float>(C * R, weights(R)), draw.input<float>(C)};
}

struct GradientFields {
  Field<float> w1, b1, w2, b2, squeeze, hidden;
};

GradientFields gradient_fields(Draw& draw, const Shape& s, int R) {
  auto w1 = draw.updated<float>(R * s.C);
  return {w1,
          draw.updated<float>(R),
          draw.updated<float>(s.C * R),
          draw.updated<float>(s.C),
          draw.output<float>(s.N * s.C),
          draw.output<float>(s.N * R)};
}

template <class F>
Backward<F> before(const Draw& draw, const GradientFields& g) {
  return {as<F>(draw.before(g.w1)), as<F>(draw.before(g.b1)), as<F>(draw.before(g.w2)), as<F>(draw.before(g.b2)), {}};
}

void expect_gradients(Draw& draw, const GradientFields& g, const Backward<double>& exact,
                      const Backward<float>& plain) {
  draw.expect("d_weight1", g.w1, exact.w1, plain.w1);
  draw.expect("d_bias1", g.b1, exact.b1, plain.b1);
  draw.expect("d_weight2", g.w2, exact.w2, plain.w2);
  draw.expect("d_bias2", g.b2, exact.b2, plain.b2);
  draw.expect("d_squeeze", g.squeeze, exact.d_squeeze, plain.d_squeeze);
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
                ExciteBackward e = {g.w1,    l.biased ? g.b1.data : nullptr, g.w2, l.biased ? g.b2.data : nullptr,
                                    g.squeeze, d_gate,  g.hidden, squeeze, hidden, gate, w.w1, w.w2, l.R, l.kind};
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

namespace {

template <class F>
std::vector<F> sums_over_space(const Shape& s, const std::vector<double>& x, const std::vector<double>* dy) {
  std::vector<F> sums(s.N * s.C);
  for (int n = 0; n < s.N; ++n) {
    for (int p = 0; p < s.P; ++p) {
      for (int c = 0; c < s.C; ++c) {
        const std::size_t i = (static_cast<std::size_t>(n) * s.P + p) * s.C + c;
        sums[n * s.C + c] += dy == nullptr ? static_cast<F>(x[i]) : static_cast<F>(x[i]) * static_cast<F>((*dy)[i]);
      }
    }
  }
  if (dy == nullptr) {
    for (F& sum : sums) sum /= s.P;
  }
  return sums;
}

void check_alone(const Shape& s, const Layers& l) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    check("excite_forward " + std::string(type_name<T>()) + " " + s.text(), [&](Draw& draw) {
      auto x = draw.input<T>(s.elements(), off_centre);
      const LayerFields w = layer_fields(draw, s.C, l.R);
      auto squeeze = draw.output<float>(s.N * s.C);
      auto hidden = draw.output<float>(s.N * l.R);
      auto gate = draw.output<float>(s.N * s.C);
      draw.run([&] {
        excite_forward(type,
                       {squeeze, hidden, gate, w.w1, l.biased ? w.b1.data : nullptr, w.w2,
                        l.biased ? w.b2.data : nullptr, l.R, l.kind},
                       nullptr, x, s.N, s.P, s.C, nullptr);
      });
      const auto z = sums_over_space<double>(s, x.values(), nullptr);
      const auto zf = sums_over_space<float>(s, x.values(), nullptr);
      const auto exact = excite_reference<double>(s.N, s.C, l, z, w.weights());
      const auto plain = excite_reference<float>(s.N, s.C, l, zf, w.weights());
      draw.expect("squeeze", squeeze, z, zf);
      draw.expect("hidden", hidden, exact.hidden, plain.hidden);
      draw.expect("gate", gate, exact.gate, plain.gate);
    });
    check("excite_backward " + std::string(type_name<T>()) + " " + s.text(), [&](Draw& draw) {
      auto x = draw.input<T>(s.elements(), off_centre);
      auto dy = draw.input<T>(s.elements());
      const LayerFields w = layer_fields(draw, s.C, l.R);
      const GradientFields g = gradient_fields(draw, s, l.R);
      auto squeeze = draw.input<float>(s.N * s.C);
      auto hidden = draw.input<float>(s.N * l.R, [](std::mt19937& r) { return std::max(0.0, normal(r)); });
      auto gate = draw.input<float>(s.N * s.C, probability);
      auto d_gate = draw.output<float>(s.N * s.C);
      draw.run([&] {
        excite_backward(type,
                        {g.w1, l.biased ? g.b1.data : nullptr, g.w2, l.biased ? g.b2.data : nullptr, g.squeeze, d_gate,
                         g.hidden, squeeze, hidden, gate, w.w1, w.w2, l.R, l.kind},
                        dy, x, s.N, s.P, s.C, nullptr);
      });
      auto all = [&](auto one) {
        using F = decltype(one);
        auto d = before<F>(draw, g);
        const auto y = dy.values();
        const auto dg = sums_over_space<F>(s, x.values(), &y);
        excite_gradients<F>(d, s.N, s.C, l, dg, as<F>(squeeze.values()), as<F>(hidden.values()), as<F>(gate.values()),
                            as<F>(w.w1.values()), as<F>(w.w2.values()));
        return std::make_pair(d, dg);
      };
      const auto [d, dg] = all(double{});
      const auto [df, dgf] = all(float{});
      draw.expect("d_gate", d_gate, dg, dgf);
      expect_gradients(draw, g, d, df);
    });
  });
}

void check_maximum(const Shape& s, const Values& values, const std::string& what) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    check("excite_forward of maxima " + what + " " + type_name<T>() + " " + s.text(), [&](Draw& draw) {
      auto x = draw.input<T>(s.elements(), values);
      const LayerFields w = layer_fields(draw, s.C, 5);
      auto squeeze = draw.output<float>(s.N * s.C);
      auto winners = draw.output<float>(s.N * s.C);
      auto hidden = draw.output<float>(s.N * 5);
      auto gate = draw.output<float>(s.N * s.C);
      draw.run([&] {
        excite_forward(type, {squeeze, hidden, gate, w.w1, w.b1, w.w2, w.b2, 5, Gate::SIGMOID}, winners, x, s.N, s.P,
                       s.C, nullptr);
      });
      std::vector<double> largest(s.N * s.C);
      std::vector<double> position(s.N * s.C);
      for (int n = 0; n < s.N; ++n) {
        for (int c = 0; c < s.C; ++c) {
          auto at = [&](int p) { return x[(static_cast<std::size_t>(n) * s.P + p) * s.C + c]; };
          int best = 0;
          for (int p = 1; p < s.P; ++p) best = at(p) > at(best) ? p : best;
          largest[n * s.C + c] = at(best);
          position[n * s.C + c] = best;
        }
      }
      draw.expect_equal("squeeze", squeeze, largest);
      draw.expect_equal("winners", winners, position);
      const auto exact = excite_reference<double>(s.N, s.C, LAYERS[1], largest, w.weights());
      const auto plain = excite_reference<float>(s.N, s.C, LAYERS[1], as<float>(largest), w.weights());
      draw.expect("gate", gate, exact.gate, plain.gate);
    });
  });
}

}  // namespace

TEST(excitation_by_maximum_matches_reference) {
  for (const Shape& s : few_shapes()) {
    check_maximum(s, ties, "among equals");
    check_maximum(s, normal, "close together");
  }
}

TEST(a_nan_is_the_maximum) {
  check("excite_forward of maxima with a NaN", [&](Draw& draw) {
    int at = 0;
    auto x = draw.input<float>(8 * 300, [&](std::mt19937&) { return at++ / 8 == 77 ? NAN : 1.0; });
    auto weight = draw.input<float>(8);
    auto squeeze = draw.output<float>(8);
    auto hidden = draw.output<float>(1);
    auto gate = draw.output<float>(8);
    auto winners = draw.output<float>(8);
    draw.run([&] {
      excite_forward(Type::FLOAT32, {squeeze, hidden, gate, weight, nullptr, weight, nullptr, 1, Gate::SIGMOID}, winners,
                     x, 1, 300, 8, nullptr);
    });
    draw.expect("squeeze", squeeze, std::vector<double>(8, NAN), std::vector<float>(8, NAN));
    draw.expect_equal("winners", winners, std::vector<double>(8, 77));
  });
}

TEST(excitation_alone_matches_reference) {
  for (const Shape& s : few_shapes()) check_alone(s, LAYERS[1]);
  for (const Layers& l : LAYERS) check_alone({4, 9, 16}, l);
}
