#include "pool_reference.h"

using namespace test;

namespace {

std::vector<int> divisors(const PoolCase& k) {
  std::vector<int> counts(k.outputs());
  for_each_tap(k, [&](std::size_t y, std::size_t, int) { ++counts[y]; });
  if (k.g.count_padding) counts.assign(k.outputs(), k.g.kernel * k.g.kernel);
  return counts;
}

template <class F>
std::vector<F> forward(const std::vector<double>& x, const PoolCase& k) {
  std::vector<F> y(k.outputs());
  for_each_tap(k, [&](std::size_t yi, std::size_t xi, int) { y[yi] += static_cast<F>(x[xi]); });
  const auto counts = divisors(k);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] /= counts[i];
  return y;
}

template <class F>
std::vector<F> backward(const std::vector<double>& dy, const PoolCase& k) {
  std::vector<F> dx(k.inputs());
  const auto counts = divisors(k);
  for_each_tap(k, [&](std::size_t yi, std::size_t xi, int) { dx[xi] += static_cast<F>(dy[yi]) / counts[yi]; });
  return dx;
}

}  // namespace

TEST(both_passes_match_reference) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (const PoolCase& k : pool_cases(true)) {
      check(std::string("average_pool ") + type_name<T>() + " " + k.text(), [&](Draw& draw) {
        auto x = draw.input<T>(k.inputs());
        auto dy = draw.input<T>(k.outputs());
        auto y = draw.output<T>(k.outputs());
        auto dx = draw.output<T>(k.inputs());
        draw.run([&] {
          average_pool_forward(type, y, x, k.g, k.N, k.C, nullptr);
          average_pool_backward(type, dx, dy, k.g, k.N, k.C, nullptr);
        });
        draw.expect("y", y, forward<double>(x.values(), k), forward<float>(x.values(), k));
        draw.expect("dx", dx, backward<double>(dy.values(), k), backward<float>(dy.values(), k));
      });
    }
  });
}
