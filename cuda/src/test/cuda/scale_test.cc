#include "test.h"

using namespace test;

namespace {

template <class F>
std::vector<F> scaled(const std::vector<double>& x, const std::vector<double>& gate, const Shape& s) {
  std::vector<F> y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    y[i] = static_cast<F>(gate[i / s.C / s.P * s.C + i % s.C]) * static_cast<F>(x[i]);
  return y;
}

template <class F>
std::vector<F> slopes(const std::vector<double>& dy, const std::vector<double>& gate,
                      const std::vector<double>& d_squeeze, const std::vector<double>* winners, const Shape& s) {
  std::vector<F> dx = scaled<F>(dy, gate, s);
  for (std::size_t i = 0; i < dx.size(); ++i) {
    const std::size_t nc = i / s.C / s.P * s.C + i % s.C;
    const F gradient = static_cast<F>(d_squeeze[nc]);
    dx[i] += winners == nullptr ? gradient / s.P : (*winners)[nc] == i / s.C % s.P ? gradient : 0;
  }
  return dx;
}

}  // namespace

TEST(forward_matches_reference) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (const Shape& s : long_shapes()) {
      check(std::string("scale_forward ") + type_name<T>() + " " + s.text(), [&](Draw& draw) {
        auto x = draw.input<T>(s.elements(), off_centre);
        auto gate = draw.input<float>(s.N * s.C, probability);
        auto y = draw.output<T>(s.elements());
        draw.run([&] { scale_forward(type, y, x, gate, s.N, s.P, s.C, nullptr); });
        draw.expect("y", y, scaled<double>(x.values(), gate.values(), s), scaled<float>(x.values(), gate.values(), s));
      });
    }
  });
}

TEST(backward_in_place_matches_reference) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (const Shape& s : long_shapes()) {
      for (bool maximum : {false, true}) {
        const std::string what = std::string(maximum ? "of a maximum " : "") + type_name<T>() + " " + s.text();
        check("scale_backward " + what, [&](Draw& draw) {
          auto dy = draw.updated<T>(s.elements());
          auto gate = draw.input<float>(s.N * s.C, probability);
          auto d_squeeze = draw.input<float>(s.N * s.C);
          auto winners = draw.input<float>(s.N * s.C, below(s.P));
          draw.run([&] {
            scale_backward(type, dy, dy, gate, d_squeeze, maximum ? winners.data : nullptr, s.N, s.P, s.C, nullptr);
          });
          const auto before = draw.before(dy);
          const auto positions = winners.values();
          const auto chosen = maximum ? &positions : nullptr;
          draw.expect("dx", dy, slopes<double>(before, gate.values(), d_squeeze.values(), chosen, s),
                      slopes<float>(before, gate.values(), d_squeeze.values(), chosen, s));
        });
      }
    }
  });
}
