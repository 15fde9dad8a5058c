#include <limits>

#include "pool_reference.h"

using namespace test;

namespace {

constexpr double LOWEST = -std::numeric_limits<double>::infinity();

struct Winners {
  std::vector<double> y, taps;

  Winners(const std::vector<double>& x, const PoolCase& k) : y(k.outputs(), LOWEST), taps(k.outputs()) {
    for_each_tap(k, [&](std::size_t yi, std::size_t xi, int tap) {
      if (x[xi] > y[yi]) {
        y[yi] = x[xi];
        taps[yi] = tap;
      }
    });
  }
};

template <class F>
std::vector<F> gathered(const std::vector<double>& dy, const std::vector<double>& taps, const PoolCase& k) {
  std::vector<F> dx(k.inputs());
  for_each_tap(k, [&](std::size_t yi, std::size_t xi, int tap) {
    if (taps[yi] == tap) dx[xi] += static_cast<F>(dy[yi]);
  });
  return dx;
}

void check_pool(const PoolCase& k, const Values& values, const std::string& what) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    check("max_pool " + what + type_name<T>() + " " + k.text(), [&](Draw& draw) {
      auto x = draw.input<T>(k.inputs(), values);
      auto dy = draw.input<T>(k.outputs());
      auto y = draw.output<T>(k.outputs());
      auto inferred = draw.output<T>(k.outputs());
      auto winners = draw.output<std::uint8_t>(k.outputs());
      auto dx = draw.output<T>(k.inputs());
      draw.run([&] {
        max_pool_forward(type, y, winners, x, k.g, k.N, k.C, nullptr);
        max_pool_forward(type, inferred, nullptr, x, k.g, k.N, k.C, nullptr);
        max_pool_backward(type, dx, dy, winners, k.g, k.N, k.C, nullptr);
      });
      const Winners wanted(x.values(), k);
      draw.expect_equal("y", y, wanted.y);
      draw.expect_equal("inferred", inferred, wanted.y);
      draw.expect_equal("winners", winners, wanted.taps);
      draw.expect("dx", dx, gathered<double>(dy.values(), wanted.taps, k),
                  gathered<float>(dy.values(), wanted.taps, k));
    });
  });
}

}  // namespace

TEST(both_passes_match_reference) {
  for (const PoolCase& k : pool_cases(false)) check_pool(k, normal, "");
}

TEST(the_first_of_equals_wins) {
  for (const PoolCase& k : pool_cases(false)) {
    if (k.inputs() < 4000) check_pool(k, ties, "of ties ");
  }
}

// The last of 15 x 15 taps still fits a byte.
TEST(the_largest_window_fits_a_byte) { check_pool(pool_case(1, 31, 16, 8, 15, 7, 7, true), normal, ""); }

TEST(a_nan_wins) {
  check("max_pool of NaN", [&](Draw& draw) {
    const PoolCase k = pool_case(1, 2, 2, 8, 2, 2, 0, true);
    int at = 0;
    auto x = draw.input<float>(k.inputs(), [&](std::mt19937&) { return at++ / 8 == 1 ? NAN : 1.0; });
    auto y = draw.output<float>(8);
    auto winners = draw.output<std::uint8_t>(8);
    draw.run([&] { max_pool_forward(Type::FLOAT32, y, winners, x, k.g, 1, 8, nullptr); });
    draw.expect("y", y, std::vector<double>(8, NAN), std::vector<float>(8, NAN));
    draw.expect_equal("winners", winners, std::vector<double>(8, 1));
  });
}
