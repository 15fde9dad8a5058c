// The excitation's layers and all their gradients as plain loops, and their tensors.
#pragma once

#include "test.h"

namespace excitation {

using namespace test;

struct Layers {
  int R;
  bool biased;
  Gate kind;
};

inline const std::vector<Layers> LAYERS = {
    {1, false, Gate::SIGMOID}, {5, true, Gate::SIGMOID}, {33, true, Gate::TANH}, {40, false, Gate::RELU}};

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

struct LayerFields {
  Field<float> w1, b1, w2, b2;
  Weights weights() const { return {w1.values(), b1.values(), w2.values(), b2.values()}; }
};

inline LayerFields layer_fields(Draw& draw, int C, int R) {
  auto w1 = draw.input<float>(R * C, weights(C));
  return {w1, draw.input<float>(R), draw.input<float>(C * R, weights(R)), draw.input<float>(C)};
}

struct GradientFields {
  Field<float> w1, b1, w2, b2, squeeze, hidden;
};

inline GradientFields gradient_fields(Draw& draw, const Shape& s, int R) {
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

inline void expect_gradients(Draw& draw, const GradientFields& g, const Backward<double>& exact,
                             const Backward<float>& plain) {
  draw.expect("d_weight1", g.w1, exact.w1, plain.w1);
  draw.expect("d_bias1", g.b1, exact.b1, plain.b1);
  draw.expect("d_weight2", g.w2, exact.w2, plain.w2);
  draw.expect("d_bias2", g.b2, exact.b2, plain.b2);
  draw.expect("d_squeeze", g.squeeze, exact.d_squeeze, plain.d_squeeze);
}

}  // namespace excitation
