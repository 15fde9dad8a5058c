#include "test.h"

using namespace test;

namespace {

template <class To, class From>
void check_resize(Type to, Type from, int M, int C, int D, bool accumulate) {
  const std::string what = std::string(type_name<From>()) + " to " + type_name<To>() + " " + std::to_string(M) + "x" +
                           std::to_string(C) + " to " + std::to_string(D) + (accumulate ? " added" : "");
  check("resize_channels " + what, [&](Draw& draw) {
    auto x = draw.input<From>(M * C);
    auto y = draw.updated<To>(M * D);
    draw.run([&] { resize_channels(to, y, from, x, accumulate, M, C, D, nullptr); });
    const auto before = draw.before(y);
    std::vector<double> exact(M * D);
    std::vector<float> plain(M * D);
    for (int i = 0; i < M * D; ++i) {
      exact[i] = (i % D < C ? x[i / D * C + i % D] : 0) + (accumulate ? before[i] : 0);
      plain[i] = static_cast<float>(exact[i]);
    }
    draw.expect("y", y, exact, plain);
  });
}

}  // namespace

TEST(pads_and_cuts) {
  for_each_type([&](auto zero_y, Type to) {
    using To = decltype(zero_y);
    for_each_type([&](auto zero_x, Type from) {
      using From = decltype(zero_x);
      check_resize<To, From>(to, from, 147, 3, 8, false);
      check_resize<To, From>(to, from, 147, 8, 3, true);
      check_resize<To, From>(to, from, 1, 1, 4, false);
      check_resize<To, From>(to, from, 2, 5, 5, true);
    });
  });
}
