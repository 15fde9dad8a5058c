#include "test.h"

using namespace test;

namespace {

struct Part {
  int C, D, channel;
};

std::vector<Part> parts() {
  return {{1, 3, 1}, {3, 8, 5}, {8, 24, 8}, {8, 24, 4}, {8, 20, 8}, {4, 16, 8}, {264, 800, 528}};
}

std::string text(int M, const Part& part) {
  return std::to_string(M) + "x" + std::to_string(part.C) + " at " + std::to_string(part.channel) + " of " +
         std::to_string(part.D);
}

// Calls visit(index into the part, index into the whole).
template <class Visit>
void for_each_value(int M, const Part& part, Visit visit) {
  for (int m = 0; m < M; ++m) {
    for (int c = 0; c < part.C; ++c) visit(m * part.C + c, m * part.D + part.channel + c);
  }
}

}  // namespace

TEST(shuffle_matches_reference_and_turns_back) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (auto [C, groups] : {std::pair{1, 1}, {6, 2}, {24, 3}, {24, 8}, {20, 4}, {272, 2}, {520, 5}}) {
      for (int M : {1, 10, 150}) {
        const std::string what = std::string(type_name<T>()) + " " + std::to_string(M) + "x" + std::to_string(C) +
                                 " in " + std::to_string(groups);
        check("channel_shuffle " + what, [&, C = C, groups = groups](Draw& draw) {
          auto x = draw.input<T>(M * C);
          auto y = draw.output<T>(M * C);
          auto back = draw.output<T>(M * C);
          draw.run([&] {
            channel_shuffle(type, y, x, groups, M, C, nullptr);
            channel_shuffle(type, back, y, C / groups, M, C, nullptr);
          });
          std::vector<double> wanted(M * C);
          for (int m = 0; m < M; ++m) {
            for (int g = 0; g < groups; ++g) {
              for (int k = 0; k < C / groups; ++k) wanted[m * C + k * groups + g] = x[m * C + g * (C / groups) + k];
            }
          }
          draw.expect_equal("y", y, wanted);
          draw.expect_equal("back", back, x.values());
        });
      }
    }
  });
}

TEST(split_matches_reference) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (const Part& part : parts()) {
      for (int M : {1, 10, 150}) {
        const auto [C, D, channel] = part;
        check(std::string("channel_split ") + type_name<T>() + " " + text(M, part),
              [&, C = C, D = D, channel = channel](Draw& draw) {
                auto x = draw.input<T>(M * D);
                auto dy = draw.input<T>(M * C);
                auto y = draw.output<T>(M * C);
                auto dx = draw.output<T>(M * D);
                draw.run([&] {
                  channel_split_forward(type, y, x, channel, M, C, D, nullptr);
                  channel_split_backward(type, dx, dy, channel, false, M, C, D, nullptr);
                });
                std::vector<double> wanted_y(M * C);
                std::vector<double> wanted_dx(M * D);
                for_each_value(M, part, [&](int in_part, int in_whole) {
                  wanted_y[in_part] = x[in_whole];
                  wanted_dx[in_whole] = dy[in_part];
                });
                draw.expect_equal("y", y, wanted_y);
                draw.expect_equal("dx", dx, wanted_dx);
              });
      }
    }
  });
}

TEST(split_backward_accumulates) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (const Part& part : parts()) {
      const int M = 150;
      const auto [C, D, channel] = part;
      check(std::string("channel_split_backward adds ") + type_name<T>() + " " + text(M, part),
            [&, C = C, D = D, channel = channel](Draw& draw) {
              auto dy = draw.input<T>(M * C);
              auto dx = draw.updated<T>(M * D);
              draw.run([&] { channel_split_backward(type, dx, dy, channel, true, M, C, D, nullptr); });
              const auto before = draw.before(dx);
              std::vector<double> exact(before);
              std::vector<float> plain(before.begin(), before.end());
              for_each_value(M, part, [&](int in_part, int in_whole) {
                exact[in_whole] += dy[in_part];
                plain[in_whole] += static_cast<float>(dy[in_part]);
              });
              draw.expect("dx", dx, exact, plain);
            });
    }
  });
}
