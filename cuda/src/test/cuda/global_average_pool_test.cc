#include "test.h"

using namespace test;

namespace {

template <class F>
std::vector<F> means(const std::vector<double>& x, const Shape& s) {
  std::vector<F> y(s.N * s.C);
  for (std::size_t i = 0; i < x.size(); ++i) y[i / s.C / s.P * s.C + i % s.C] += static_cast<F>(x[i]);
  for (F& v : y) v /= s.P;
  return y;
}

template <class F>
std::vector<F> spread(const std::vector<double>& dy, const Shape& s) {
  std::vector<F> dx(s.elements());
  for (std::size_t i = 0; i < dx.size(); ++i) dx[i] = static_cast<F>(dy[i / s.C / s.P * s.C + i % s.C]) / s.P;
  return dx;
}

}  // namespace

TEST(both_passes_match_reference) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (const Shape& s : long_shapes()) {
      check(std::string("global_average_pool ") + type_name<T>() + " " + s.text(), [&](Draw& draw) {
        auto x = draw.input<T>(s.elements(), off_centre);
        auto dy = draw.input<T>(s.N * s.C);
        auto y = draw.output<T>(s.N * s.C);
        auto dx = draw.output<T>(s.elements());
        draw.run([&] {
          global_average_pool_forward(type, y, x, s.N, s.P, s.C, nullptr);
          global_average_pool_backward(type, dx, dy, s.N, s.P, s.C, nullptr);
        });
        draw.expect("y", y, means<double>(x.values(), s), means<float>(x.values(), s));
        draw.expect("dx", dx, spread<double>(dy.values(), s), spread<float>(dy.values(), s));
      });
    }
  });
}
