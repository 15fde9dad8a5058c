#include <limits>

#include "test.h"

using namespace test;

namespace {

// Flat sizes: part of a pack, a whole one, several blocks and a remainder.
std::vector<long long> counts() { return {1, 7, 8, 9, 2048, 2049, 6151}; }

using Unary = void (*)(Type, void*, const void*, long long, cudaStream_t);
using Binary = void (*)(Type, void*, const void*, const void*, long long, cudaStream_t);

template <class F, class G>
std::vector<F> map(const std::vector<double>& a, const std::vector<double>& b, G f) {
  std::vector<F> y(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) y[i] = f(static_cast<F>(a[i]), static_cast<F>(b[i]));
  return y;
}

// f takes one or two numbers of F; the second is that of b.
template <class G>
void check_unary(const std::string& name, Unary launcher, const Values& values, G f) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (long long count : counts()) {
      check(name + " " + type_name<T>() + " " + std::to_string(count), [&](Draw& draw) {
        auto x = draw.input<T>(count, values);
        auto y = draw.output<T>(count);
        draw.run([&] { launcher(type, y, x, count, nullptr); });
        draw.expect("y", y, map<double>(x.values(), x.values(), f), map<float>(x.values(), x.values(), f));
      });
    }
  });
}

template <class G>
void check_binary(const std::string& name, Binary launcher, const Values& of_a, const Values& of_b, G f) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (long long count : counts()) {
      check(name + " " + type_name<T>() + " " + std::to_string(count), [&](Draw& draw) {
        auto a = draw.input<T>(count, of_a);
        auto b = draw.input<T>(count, of_b);
        auto y = draw.output<T>(count);
        draw.run([&] { launcher(type, y, a, b, count, nullptr); });
        draw.expect("y", y, map<double>(a.values(), b.values(), f), map<float>(a.values(), b.values(), f));
      });
      check(name + " in place " + type_name<T>() + " " + std::to_string(count), [&](Draw& draw) {
        auto a = draw.updated<T>(count, of_a);
        auto b = draw.input<T>(count, of_b);
        draw.run([&] { launcher(type, a, a, b, count, nullptr); });
        const auto before = draw.before(a);
        draw.expect("y", a, map<double>(before, b.values(), f), map<float>(before, b.values(), f));
      });
    }
  });
}

double positive_or_zero(std::mt19937& random) { return std::max(0.0, normal(random)); }

}  // namespace

TEST(relu_forward_matches_reference) {
  check_unary("relu_forward", relu_forward, normal, [](auto x, auto) { return x > 0 ? x : 0; });
}

TEST(relu_forward_keeps_a_nan) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    check(std::string("relu_forward of NaN ") + type_name<T>(), [&](Draw& draw) {
      auto x = draw.input<T>(11, [](std::mt19937&) { return std::numeric_limits<double>::quiet_NaN(); });
      auto y = draw.output<T>(11);
      draw.run([&] { relu_forward(type, y, x, 11, nullptr); });
      draw.expect("y", y, x.values(), std::vector<float>(11, NAN));
    });
  });
}

TEST(relu_backward_matches_reference) {
  check_binary("relu_backward", relu_backward, normal, positive_or_zero,
               [](auto dy, auto y) { return y > 0 ? dy : 0; });
}

TEST(sigmoid_forward_matches_reference) {
  check_unary("sigmoid_forward", sigmoid_forward, off_centre, [](auto x, auto) { return 1 / (1 + std::exp(-x)); });
}

TEST(sigmoid_backward_matches_reference) {
  check_binary("sigmoid_backward", sigmoid_backward, normal, probability,
               [](auto dy, auto y) { return dy * y * (1 - y); });
}

TEST(add_forward_matches_reference) {
  check_binary("add_forward", add_forward, normal, normal, [](auto a, auto b) { return a + b; });
}

TEST(times_matches_reference) {
  check_unary(
      "times",
      [](Type type, void* y, const void* x, long long count, cudaStream_t s) { times(type, y, x, 0.17f, count, s); },
      normal, [](auto x, auto) { return static_cast<decltype(x)>(0.17f) * x; });
}

TEST(copy_matches_reference) {
  check_unary("copy", copy, normal, [](auto x, auto) { return x; });
}

TEST(accumulate_adds) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    for (long long count : counts()) {
      check(std::string("accumulate ") + type_name<T>() + " " + std::to_string(count), [&](Draw& draw) {
        auto y = draw.updated<T>(count);
        auto x = draw.input<T>(count);
        draw.run([&] { accumulate(type, y, x, count, nullptr); });
        auto add = [](auto a, auto b) { return a + b; };
        draw.expect("y", y, map<double>(draw.before(y), x.values(), add), map<float>(draw.before(y), x.values(), add));
      });
    }
  });
}

TEST(zero_clears_every_byte) {
  for (long long bytes : {1, 7, 8, 9, 2048, 2049, 6151}) {
    check("zero of " + std::to_string(bytes), [&](Draw& draw) {
      auto y = draw.output<std::uint8_t>(bytes);
      draw.run([&] { zero(y, bytes, nullptr); });
      draw.expect_equal("y", y, std::vector<double>(bytes, 0));
    });
  }
}

TEST(convert_rounds_to_nearest) {
  for_each_type([&](auto zero_y, Type to) {
    using To = decltype(zero_y);
    for_each_type([&](auto zero_x, Type from) {
      using From = decltype(zero_x);
      for (long long count : counts()) {
        check(std::string("convert ") + type_name<From>() + " to " + type_name<To>() + " " + std::to_string(count),
              [&](Draw& draw) {
                auto x = draw.input<From>(count);
                auto y = draw.output<To>(count);
                draw.run([&] { convert(to, y, from, x, count, nullptr); });
                auto rounded = x.values();
                for (double& v : rounded) v = widen(narrow<To>(v));
                draw.expect_equal("y", y, rounded);
              });
      }
    });
  });
}
