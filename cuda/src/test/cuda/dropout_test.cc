#include <cmath>

#include "random_reference.h"
#include "state.h"
#include "test.h"

using namespace test;

namespace {

template <class F>
std::vector<F> scaled(const std::vector<double>& x, const std::vector<bool>& kept, float rate) {
  std::vector<F> y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = kept[i] ? static_cast<F>(x[i]) / (1 - static_cast<F>(rate)) : 0;
  return y;
}

struct Case {
  float rate;
  int layer;
  std::int64_t seed;
};

// The last rate is just what value 6 draws, which is kept.
std::vector<Case> cases() {
  return {{0.2f, 3, 42},
          {0.5f, 0, -7},
          {0.0f, 1, std::int64_t{1} << 40},
          {0.9f, -2, 5},
          {static_cast<float>(fraction(42, 3, 6)), 3, 42}};
}

}  // namespace

TEST(draws_and_scales_both_ways) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (const Case& k : cases()) {
      for (int count : {1, 8, 13, 2048, 5003}) {
        const std::string what =
            std::string(type_name<T>()) + " rate " + std::to_string(k.rate) + " " + std::to_string(count);
        check("dropout " + what, [&](Draw& draw) {
          auto x = draw.input<T>(count);
          auto dy = draw.updated<T>(count);
          auto y = draw.output<T>(count);
          auto mask = draw.output<std::uint8_t>((count + 7) / 8);
          State state(draw, {k.seed, 0, 1, 0, 0, 0, 0}, Role::INPUT);
          draw.run([&] {
            dropout_forward(type, y, mask, x, state, k.rate, k.layer, count, nullptr);
            dropout_backward(type, dy, dy, mask, k.rate, count, nullptr);
          });
          std::vector<bool> kept(count);
          std::vector<double> bytes((count + 7) / 8);
          for (int i = 0; i < count; ++i) {
            kept[i] = fraction(k.seed, k.layer, i) >= static_cast<double>(k.rate);
            if (kept[i]) bytes[i / 8] += 1 << i % 8;
          }
          draw.expect_equal("mask", mask, bytes);
          draw.expect("y", y, scaled<double>(x.values(), kept, k.rate), scaled<float>(x.values(), kept, k.rate));
          const auto before = draw.before(dy);
          draw.expect("dx", dy, scaled<double>(before, kept, k.rate), scaled<float>(before, kept, k.rate));
        });
      }
    }
  });
}

TEST(keeps_about_as_many_as_it_says) {
  check("share of kept values", [&](Draw& draw) {
    const int count = 40000;
    auto x = draw.input<float>(count, positive);
    auto y = draw.output<float>(count);
    auto mask = draw.output<std::uint8_t>(count / 8);
    State state(draw, {}, Role::INPUT);
    draw.run([&] { dropout_forward(Type::FLOAT32, y, mask, x, state, 0.3f, 1, count, nullptr); });
    int kept = 0;
    for (int i = 0; i < count; ++i) kept += y[i] != 0;
    // Four standard deviations of a binomial.
    if (std::abs(kept - 0.7 * count) > 4 * std::sqrt(0.21 * count))
      throw std::runtime_error("kept " + std::to_string(kept));
  });
}
