// Squeeze-and-excitation where it stands alone.
#include "excite_reference.h"

using namespace test;
using namespace excitation;

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
      excite_forward(Type::FLOAT32, {squeeze, hidden, gate, weight, nullptr, weight, nullptr, 1, Gate::SIGMOID},
                     winners, x, 1, 300, 8, nullptr);
    });
    draw.expect("squeeze", squeeze, std::vector<double>(8, NAN), std::vector<float>(8, NAN));
    draw.expect_equal("winners", winners, std::vector<double>(8, 77));
  });
}

TEST(excitation_alone_matches_reference) {
  for (const Shape& s : few_shapes()) check_alone(s, LAYERS[1]);
  for (const Layers& l : LAYERS) check_alone({4, 9, 16}, l);
}
