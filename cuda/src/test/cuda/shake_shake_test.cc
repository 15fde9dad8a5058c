#include "random_reference.h"
#include "state.h"
#include "test.h"

using namespace test;

namespace {

constexpr std::int64_t SEED = -12345678901;
constexpr int LAYER = 3;

struct Sizes {
  int N, S;
};

std::vector<Sizes> sizes() { return {{1, 1}, {5, 7}, {2, 8}, {3, 600}, {4, 5000}, {3, 4099}}; }

template <class F>
F weight(int n, int pass) {
  return static_cast<F>(fraction(SEED, LAYER, 2 * n + pass));
}

template <class F>
std::vector<F> mixed(const std::vector<double>& a, const std::vector<double>& b, int S) {
  std::vector<F> y(a.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    const F alpha = weight<F>(static_cast<int>(i / S), 0);
    y[i] = alpha * static_cast<F>(a[i]) + (1 - alpha) * static_cast<F>(b[i]);
  }
  return y;
}

template <class F>
std::vector<F> share(const std::vector<double>& dy, int S, bool second) {
  std::vector<F> d(dy.size());
  for (std::size_t i = 0; i < d.size(); ++i) {
    const F beta = weight<F>(static_cast<int>(i / S), 1);
    d[i] = (second ? 1 - beta : beta) * static_cast<F>(dy[i]);
  }
  return d;
}

template <class F>
std::vector<F> halved(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<F> y(a.size());
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = (static_cast<F>(a[i]) + static_cast<F>(b[i])) / 2;
  return y;
}

}  // namespace

TEST(all_passes_match_reference) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (auto [N, S] : sizes()) {
      const std::string what = std::string(type_name<T>()) + " " + std::to_string(N) + "x" + std::to_string(S);
      check("shake_shake " + what, [&, N = N, S = S](Draw& draw) {
        const std::size_t count = static_cast<std::size_t>(N) * S;
        auto a = draw.input<T>(count);
        auto b = draw.input<T>(count);
        auto dy = draw.input<T>(count);
        auto y = draw.output<T>(count);
        auto da = draw.output<T>(count);
        auto db = draw.output<T>(count);
        auto mean = draw.output<T>(count);
        State state(draw, {SEED, 0, 1, 0, 0, 0, 0}, Role::INPUT);
        draw.run([&] {
          shake_shake_forward(type, y, a, b, state, LAYER, N, S, nullptr);
          shake_shake_backward(type, da, db, dy, state, LAYER, N, S, nullptr);
          shake_shake_inference(type, mean, a, b, static_cast<long long>(count), nullptr);
        });
        draw.expect("y", y, mixed<double>(a.values(), b.values(), S), mixed<float>(a.values(), b.values(), S));
        draw.expect("da", da, share<double>(dy.values(), S, false), share<float>(dy.values(), S, false));
        draw.expect("db", db, share<double>(dy.values(), S, true), share<float>(dy.values(), S, true));
        draw.expect("mean", mean, halved<double>(a.values(), b.values()), halved<float>(a.values(), b.values()));
      });
    }
  });
}
