#include "test.h"

using namespace test;

namespace {

struct Part {
  int C, D, channel;
};

// Of each width of access, and where one of the three sizes alone forbids a wider one.
std::vector<Part> parts() {
  return {{1, 4, 2},  {3, 8, 1},  {5, 7, 0},  {2, 6, 4},    {4, 12, 4},    {4, 12, 8},  {8, 24, 8},
          {8, 20, 8}, {8, 24, 4}, {4, 16, 8}, {16, 64, 48}, {264, 512, 8}, {33, 34, 1}, {520, 1040, 520}};
}

}  // namespace

TEST(moves_a_part_and_keeps_the_rest) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (const Part& part : parts()) {
      for (int M : {1, 10, 130}) {
        const auto [C, D, channel] = part;
        const std::string what = std::string(type_name<T>()) + " " + std::to_string(M) + "x" + std::to_string(C) +
                                 " at " + std::to_string(channel) + " of " + std::to_string(D);
        check("concat_forward " + what, [&, C = C, D = D, channel = channel](Draw& draw) {
          auto x = draw.input<T>(static_cast<std::size_t>(M) * C);
          auto y = draw.updated<T>(static_cast<std::size_t>(M) * D);
          draw.run([&] { concat_forward(type, y, x, channel, M, C, D, nullptr); });
          auto wanted = draw.before(y);
          for (int m = 0; m < M; ++m) {
            for (int c = 0; c < C; ++c) wanted[m * D + channel + c] = x[m * C + c];
          }
          draw.expect_equal("y", y, wanted);
        });
        check("concat_backward " + what, [&, C = C, D = D, channel = channel](Draw& draw) {
          auto dy = draw.input<T>(static_cast<std::size_t>(M) * D);
          auto dx = draw.output<T>(static_cast<std::size_t>(M) * C);
          draw.run([&] { concat_backward(type, dx, dy, channel, M, C, D, nullptr); });
          std::vector<double> wanted(static_cast<std::size_t>(M) * C);
          for (int m = 0; m < M; ++m) {
            for (int c = 0; c < C; ++c) wanted[m * C + c] = dy[m * D + channel + c];
          }
          draw.expect_equal("dx", dx, wanted);
        });
      }
    }
  });
}
