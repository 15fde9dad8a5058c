#include "test.h"

using namespace test;

namespace {

template <class F>
struct Product {
  std::vector<F> y, da, db;

  Product(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dy, bool gate,
          const Shape& s)
      : y(a.size()), da(a.size()), db(b.size()) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      const std::size_t n = i / s.C / s.P;
      const std::size_t j = gate ? n * s.C + i % s.C : i;
      y[i] = static_cast<F>(a[i]) * static_cast<F>(b[j]);
      da[i] = static_cast<F>(dy[i]) * static_cast<F>(b[j]);
      db[j] += static_cast<F>(dy[i]) * static_cast<F>(a[i]);
    }
  }
};

void check_product(const Shape& s, bool gate) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    const std::size_t factors = gate ? static_cast<std::size_t>(s.N) * s.C : s.elements();
    const std::string what = std::string(gate ? " by a gate " : " ") + type_name<T>() + " " + s.text();
    check("multiply_forward" + what, [&](Draw& draw) {
      auto a = draw.input<T>(s.elements());
      auto b = draw.input<T>(factors);
      auto y = draw.output<T>(s.elements());
      draw.run([&] { multiply_forward(type, y, a, b, gate, s.N, s.P, s.C, nullptr); });
      draw.expect("y", y, Product<double>(a.values(), b.values(), a.values(), gate, s).y,
                  Product<float>(a.values(), b.values(), a.values(), gate, s).y);
    });
    check("multiply_backward" + what, [&](Draw& draw) {
      auto dy = draw.input<T>(s.elements());
      auto a = draw.input<T>(s.elements());
      auto b = draw.input<T>(factors);
      auto da = draw.output<T>(s.elements());
      auto db = draw.output<T>(factors);
      draw.run([&] { multiply_backward(type, da, db, dy, a, b, gate, s.N, s.P, s.C, nullptr); });
      const Product<double> exact(a.values(), b.values(), dy.values(), gate, s);
      const Product<float> plain(a.values(), b.values(), dy.values(), gate, s);
      draw.expect("da", da, exact.da, plain.da);
      draw.expect("db", db, exact.db, plain.db);
    });
  });
}

}  // namespace

TEST(gate_matches_reference) {
  for (const Shape& s : long_shapes()) check_product(s, true);
}

TEST(factor_of_equal_size_matches_reference) {
  for (const Shape& s : few_shapes()) check_product(s, false);
}
