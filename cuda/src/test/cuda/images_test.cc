#include "test.h"

using namespace test;

namespace {

constexpr float MEANS[3] = {0.49f, 0.48f, 0.45f};
constexpr float DEVIATIONS[3] = {0.25f, 0.24f, 0.26f};

struct Setting {
  int H, W, channels, P, Q, C, D;
  bool shifted;
};

std::vector<Setting> settings() {
  return {{5, 7, 3, 5, 7, 3, 8, true},   {5, 7, 3, 5, 7, 3, 4, true},  {8, 6, 1, 8, 6, 3, 8, true},
          {8, 6, 1, 8, 6, 3, 4, false},  {9, 9, 3, 6, 7, 3, 8, true},  {5, 4, 1, 8, 9, 1, 1, true},
          {5, 4, 3, 5, 4, 3, 3, false},  {20, 30, 1, 20, 30, 1, 8, true}};
}

template <class F>
std::vector<F> reference(const std::vector<double>& bytes, const std::vector<double>& top,
                         const std::vector<double>& left, const std::vector<double>& mirrored, const Setting& k, int N) {
  std::vector<F> y;
  for (int n = 0; n < N; ++n) {
    for (int p = 0; p < k.P; ++p) {
      for (int q = 0; q < k.Q; ++q) {
        for (int d = 0; d < k.D; ++d) {
          const int row = p + static_cast<int>(top[n]);
          const int column = q + static_cast<int>(left[n]);
          const bool inside = row >= 0 && row < k.H && column >= 0 && column < k.W;
          const int source = mirrored[n] != 0 ? k.W - 1 - column : column;
          const int c = k.channels == 1 ? 0 : d;
          const F byte = inside && d < k.C ? static_cast<F>(bytes[((n * k.H + row) * k.W + source) * k.channels + c]) : 0;
          y.push_back(d < k.C ? (byte / 255 - static_cast<F>(MEANS[c])) / static_cast<F>(DEVIATIONS[c]) : 0);
        }
      }
    }
  }
  return y;
}

double shift(std::mt19937& random) { return static_cast<int>(random() % 9) - 4; }
double coin(std::mt19937& random) { return random() % 2; }

}  // namespace

TEST(matches_reference) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (const Setting& k : settings()) {
      const std::string what = std::to_string(k.H) + "x" + std::to_string(k.W) + "x" + std::to_string(k.channels) +
                               " to " + std::to_string(k.P) + "x" + std::to_string(k.Q) + "x" + std::to_string(k.C) +
                               " of " + std::to_string(k.D) + (k.shifted ? " shifted" : "");
      check(std::string("images ") + type_name<T>() + " " + what, [&](Draw& draw) {
        const int N = 5;
        auto bytes = draw.input<std::uint8_t>(static_cast<std::size_t>(N) * k.H * k.W * k.channels, bits);
        auto top = draw.input<int>(N, shift);
        auto left = draw.input<int>(N, shift);
        auto mirrored = draw.input<std::uint8_t>(N, coin);
        auto y = draw.output<T>(static_cast<std::size_t>(N) * k.P * k.Q * k.D);
        ImageGeometry g = {k.H, k.W, k.channels, k.P, k.Q, k.C, k.D, {}, {}};
        for (int c = 0; c < 3; ++c) {
          g.mean[c] = MEANS[c];
          g.deviation[c] = DEVIATIONS[c];
        }
        draw.run([&] {
          if (k.shifted) {
            images(type, y, bytes, top, left, mirrored, g, N, nullptr);
          } else {
            images(type, y, bytes, nullptr, nullptr, nullptr, g, N, nullptr);
          }
        });
        const std::vector<double> none(N);
        const auto t = k.shifted ? top.values() : none;
        const auto l = k.shifted ? left.values() : none;
        const auto m = k.shifted ? mirrored.values() : none;
        draw.expect("y", y, reference<double>(bytes.values(), t, l, m, k, N),
                    reference<float>(bytes.values(), t, l, m, k, N));
      });
    }
  });
}
