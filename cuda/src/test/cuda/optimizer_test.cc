#include <cmath>

#include "state.h"
#include "test.h"

using namespace test;

namespace {

std::vector<int> counts() { return {1, 13, 64, 4101}; }

constexpr float SCALE = 1024;

StepState at_step(long long step, float rate) { return {0, rate, SCALE, step - 1, 0, 0, 0}; }

template <class F>
struct Sgd {
  std::vector<F> w, v;

  Sgd(const std::vector<double>& weight, const std::vector<double>& velocity, const std::vector<double>& gradient,
      float rate, float momentum, float decay, bool nesterov)
      : w(weight.begin(), weight.end()), v(velocity.begin(), velocity.end()) {
    for (std::size_t i = 0; i < w.size(); ++i) {
      const F g = static_cast<F>(gradient[i]) / SCALE + decay * w[i];
      v[i] = momentum * v[i] + g;
      w[i] -= rate * (nesterov ? g + momentum * v[i] : v[i]);
    }
  }
};

template <class F>
struct AdamW {
  std::vector<F> w, m, v;

  // Scalars of the step in double, as Ops.adamW has them.
  AdamW(const std::vector<double>& weight, const std::vector<double>& mean, const std::vector<double>& square,
        const std::vector<double>& gradient, float rate, float beta1, float beta2, float epsilon, float decay,
        long long step)
      : w(weight.begin(), weight.end()), m(mean.begin(), mean.end()), v(square.begin(), square.end()) {
    const F keep = static_cast<F>(1 - static_cast<double>(rate) * decay);
    const F size = static_cast<F>(rate / (1 - std::pow(static_cast<double>(beta1), static_cast<double>(step))));
    const F root = static_cast<F>(std::sqrt(1 - std::pow(static_cast<double>(beta2), static_cast<double>(step))));
    for (std::size_t i = 0; i < w.size(); ++i) {
      const F g = static_cast<F>(gradient[i]) / SCALE;
      m[i] = beta1 * m[i] + (1 - static_cast<F>(beta1)) * g;
      v[i] = beta2 * v[i] + (1 - static_cast<F>(beta2)) * (g * g);
      w[i] = keep * w[i] - size * (m[i] / (std::sqrt(v[i]) / root + epsilon));
    }
  }
};

double scaled(std::mt19937& random) { return SCALE * normal(random); }

template <class Body>
void for_each_span(const std::string& name, Body body) {
  for_each_type([&](auto zero, Type type) {
    for (int count : counts()) {
      check(name + " " + type_name<decltype(zero)>() + " " + std::to_string(count),
            [&](Draw& draw) { body(draw, zero, type, count); });
    }
  });
}

}  // namespace

TEST(sgd_matches_reference) {
  for (float momentum : {0.0f, 0.9f}) {
    for (bool nesterov : {false, true}) {
      if (nesterov && momentum == 0) continue;
      const std::string name = "sgd momentum " + std::to_string(momentum) + (nesterov ? " nesterov" : "");
      for_each_span(name, [&](Draw& draw, auto zero, Type type, int count) {
        auto w = draw.updated<float>(count);
        auto v = draw.updated<float>(count);
        auto copy = draw.output<decltype(zero)>(count);
        auto gradient = draw.input<float>(count, scaled);
        State state(draw, at_step(1, 0.1f), Role::INPUT);
        draw.run([&] { sgd(w, v, type, copy, gradient, state, momentum, 1e-2f, nesterov, count, nullptr); });
        const auto w0 = draw.before(w);
        const auto v0 = draw.before(v);
        const Sgd<double> exact(w0, v0, gradient.values(), 0.1f, momentum, 1e-2f, nesterov);
        const Sgd<float> plain(w0, v0, gradient.values(), 0.1f, momentum, 1e-2f, nesterov);
        draw.expect("w", w, exact.w, plain.w);
        draw.expect("v", v, exact.v, plain.v);
        draw.expect("copy", copy, exact.w, plain.w);
      });
    }
  }
}

TEST(adamw_matches_reference) {
  for (long long step : {1LL, 2LL, 7LL, 1000LL, 300'000LL}) {
    for_each_span("adamw step " + std::to_string(step), [&](Draw& draw, auto zero, Type type, int count) {
      auto w = draw.updated<float>(count);
      auto m = draw.updated<float>(count);
      auto v = draw.updated<float>(count, positive);
      auto copy = draw.output<decltype(zero)>(count);
      auto gradient = draw.input<float>(count, scaled);
      State state(draw, at_step(step, 1e-2f), Role::INPUT);
      draw.run([&] { adamw(w, m, v, type, copy, gradient, state, 0.9f, 0.999f, 1e-8f, 1e-2f, count, nullptr); });
      const auto w0 = draw.before(w);
      const auto m0 = draw.before(m);
      const auto v0 = draw.before(v);
      const AdamW<double> exact(w0, m0, v0, gradient.values(), 1e-2f, 0.9f, 0.999f, 1e-8f, 1e-2f, step);
      const AdamW<float> plain(w0, m0, v0, gradient.values(), 1e-2f, 0.9f, 0.999f, 1e-8f, 1e-2f, step);
      draw.expect("w", w, exact.w, plain.w);
      draw.expect("m", m, exact.m, plain.m);
      draw.expect("v", v, exact.v, plain.v);
      draw.expect("copy", copy, exact.w, plain.w);
    });
  }
}

// Where the update is all there is, an inexact correction shows.
TEST(adamw_starts_from_nothing) {
  for (long long step : {1, 2, 5}) {
    check("adamw from zero at step " + std::to_string(step), [&](Draw& draw) {
      auto none = [](std::mt19937&) { return 0.0; };
      auto w = draw.updated<float>(100, none);
      auto m = draw.updated<float>(100, none);
      auto v = draw.updated<float>(100, none);
      auto gradient = draw.input<float>(100, scaled);
      State state(draw, at_step(step, 1e-2f), Role::INPUT);
      draw.run([&] { adamw(w, m, v, Type::FLOAT32, nullptr, gradient, state, 0.9f, 0.999f, 1e-8f, 0, 100, nullptr); });
      const std::vector<double> zeros(100);
      draw.expect("w", w, AdamW<double>(zeros, zeros, zeros, gradient.values(), 1e-2f, 0.9f, 0.999f, 1e-8f, 0, step).w,
                  AdamW<float>(zeros, zeros, zeros, gradient.values(), 1e-2f, 0.9f, 0.999f, 1e-8f, 0, step).w);
    });
  }
}

TEST(copies_are_optional) {
  check("sgd without copy", [&](Draw& draw) {
    auto w = draw.updated<float>(13);
    auto v = draw.updated<float>(13);
    auto gradient = draw.input<float>(13);
    State state(draw, at_step(1, 0.1f), Role::INPUT);
    draw.run([&] { sgd(w, v, Type::BFLOAT16, nullptr, gradient, state, 0.9f, 0, false, 13, nullptr); });
  });
}

TEST(an_overflowed_step_changes_nothing) {
  StepState overflowed = at_step(3, 0.1f);
  overflowed.overflow = 1;
  check("sgd and adamw after an overflow", [&](Draw& draw) {
    auto w = draw.input<float>(100);
    auto m = draw.input<float>(100);
    auto v = draw.input<float>(100, positive);
    auto copy = draw.input<bfloat16>(100);
    auto gradient = draw.input<float>(100);
    State state(draw, overflowed, Role::INPUT);
    draw.run([&] {
      sgd(w, m, Type::BFLOAT16, copy, gradient, state, 0.9f, 0.1f, false, 100, nullptr);
      adamw(w, m, v, Type::BFLOAT16, copy, gradient, state, 0.9f, 0.999f, 1e-8f, 0.1f, 100, nullptr);
    });
  });
}
