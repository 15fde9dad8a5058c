#include <cmath>

#include "test.h"

using namespace test;

namespace {

template <class F>
F act(Activation activation, F v) {
  if (activation == Activation::RELU) return v > 0 ? v : 0;
  return activation == Activation::SIGMOID ? 1 / (1 + std::exp(-v)) : v;
}

struct Inputs {
  std::vector<double> x, residual, scale, shift, mean, variance, gate, bias;
};

enum class Op { NORM, GATE, BIAS };

// Residual is empty where there is none, bias likewise.
template <class F>
std::vector<F> reference(Op op, const Inputs& in, Activation activation, const Shape& s) {
  std::vector<F> y(in.x.size());
  auto at = [](const std::vector<double>& v, std::size_t i) { return static_cast<F>(v[i]); };
  for (std::size_t i = 0; i < y.size(); ++i) {
    const std::size_t c = i % s.C;
    F v = at(in.x, i);
    if (op == Op::NORM) {
      const F a = at(in.scale, c) / std::sqrt(at(in.variance, c) + static_cast<F>(1e-5f));
      v = a * v + (at(in.shift, c) - a * at(in.mean, c));
    } else if (op == Op::GATE) {
      v *= at(in.gate, i / s.C / s.P * s.C + c);
    } else if (!in.bias.empty()) {
      v += at(in.bias, c);
    }
    y[i] = act(activation, in.residual.empty() ? v : v + at(in.residual, i));
  }
  return y;
}

void check_op(Op op, const Shape& s, Activation activation, bool added, bool biased) {
  const char* names[] = {"batchnorm_inference ", "scale_inference ", "bias_inference "};
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    const std::string what = names[static_cast<int>(op)] + std::to_string(static_cast<int>(activation)) +
                             (added ? " with residual " : " ") + (biased ? "" : "without bias ") + type_name<T>();
    check(what + " " + s.text(), [&](Draw& draw) {
      auto x = draw.updated<T>(s.elements(), off_centre);  // y is x
      auto residual = draw.input<T>(s.elements());
      auto scale = draw.input<float>(s.C, positive);
      auto shift = draw.input<float>(s.C);
      auto mean = draw.input<float>(s.C);
      auto variance = draw.input<float>(s.C, positive);
      auto gate = draw.input<float>(s.N * s.C, probability);
      auto bias = draw.input<float>(s.C);
      const void* r = added ? residual.data : nullptr;
      draw.run([&] {
        if (op == Op::NORM) {
          batchnorm_inference(type, x, x, r, RunningNorm{scale, shift, mean, variance}, activation, s.N, s.P, s.C,
                              nullptr);
        } else if (op == Op::GATE) {
          scale_inference(type, x, x, r, gate, activation, s.N, s.P, s.C, nullptr);
        } else {
          bias_inference(type, x, x, r, biased ? bias.data : nullptr, activation, s.N, s.P, s.C, nullptr);
        }
      });
      const Inputs in = {draw.before(x), added ? residual.values() : std::vector<double>(),
                         scale.values(), shift.values(),
                         mean.values(),  variance.values(),
                         gate.values(),  biased ? bias.values() : std::vector<double>()};
      draw.expect("y", x, reference<double>(op, in, activation, s), reference<float>(op, in, activation, s));
    });
  });
}

void check_all(Op op) {
  for (const Shape& s : long_shapes()) check_op(op, s, Activation::RELU, true, true);
  for (const Shape& s : few_shapes()) {
    if (s.elements() > 2000) continue;
    for (Activation a : {Activation::NONE, Activation::RELU, Activation::SIGMOID}) {
      check_op(op, s, a, false, true);
      check_op(op, s, a, true, op != Op::BIAS);
    }
  }
}

}  // namespace

TEST(batchnorm_matches_reference) { check_all(Op::NORM); }
TEST(scale_matches_reference) { check_all(Op::GATE); }
TEST(bias_matches_reference) { check_all(Op::BIAS); }

TEST(relu_keeps_a_nan) {
  check("bias_inference of NaN", [&](Draw& draw) {
    auto x = draw.updated<float>(16, [](std::mt19937&) { return NAN; });
    draw.run([&] { bias_inference(Type::FLOAT32, x, x, nullptr, nullptr, Activation::RELU, 1, 2, 8, nullptr); });
    draw.expect("y", x, std::vector<double>(16, NAN), std::vector<float>(16, NAN));
  });
}
