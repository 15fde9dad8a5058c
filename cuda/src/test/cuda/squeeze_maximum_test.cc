#include <limits>

#include "test.h"

using namespace test;

namespace {

struct Maxima {
  std::vector<double> squeeze, winners;

  Maxima(const std::vector<double>& x, const Shape& s)
      : squeeze(s.N * s.C, -std::numeric_limits<double>::infinity()), winners(s.N * s.C) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      const std::size_t nc = i / s.C / s.P * s.C + i % s.C;
      if (x[i] > squeeze[nc]) {
        squeeze[nc] = x[i];
        winners[nc] = static_cast<double>(i / s.C % s.P);
      }
    }
  }
};

void check_maxima(const Shape& s, const Values& values, const std::string& what) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    check("excite_forward by maximum " + what + type_name<T>() + " " + s.text(), [&](Draw& draw) {
      auto x = draw.input<T>(s.elements(), values);
      auto weight1 = draw.input<float>(s.C);
      auto weight2 = draw.input<float>(s.C);
      auto squeeze = draw.output<float>(s.N * s.C);
      auto hidden = draw.output<float>(s.N);
      auto gate = draw.output<float>(s.N * s.C);
      auto winners = draw.output<float>(s.N * s.C);
      draw.run([&] {
        excite_forward(type, {squeeze, hidden, gate, weight1, nullptr, weight2, nullptr, 1, Gate::SIGMOID}, winners, x,
                       s.N, s.P, s.C, nullptr);
      });
      const Maxima wanted(x.values(), s);
      draw.expect_equal("squeeze", squeeze, wanted.squeeze);
      draw.expect_equal("winners", winners, wanted.winners);
    });
  });
}

}  // namespace

TEST(largest_and_its_place_match_reference) {
  for (const Shape& s : long_shapes()) check_maxima(s, normal, "");
}

TEST(the_first_of_equals_wins) {
  for (const Shape& s : few_shapes()) check_maxima(s, ties, "of ties ");
}

TEST(a_nan_wins) {
  check("excite_forward by maximum of NaN", [&](Draw& draw) {
    int at = 0;
    auto x = draw.input<float>(8 * 300, [&](std::mt19937&) { return at++ / 8 == 77 ? NAN : 1.0; });
    auto weight = draw.input<float>(8);
    auto squeeze = draw.output<float>(8);
    auto hidden = draw.output<float>(1);
    auto gate = draw.output<float>(8);
    auto winners = draw.output<float>(8);
    draw.run([&] {
      excite_forward(Type::FLOAT32, {squeeze, hidden, gate, weight, nullptr, weight, nullptr, 1, Gate::SIGMOID}, winners,
                     x, 1, 300, 8, nullptr);
    });
    draw.expect("squeeze", squeeze, std::vector<double>(8, NAN), std::vector<float>(8, NAN));
    draw.expect_equal("winners", winners, std::vector<double>(8, 77));
  });
}
