#include "test.h"

using namespace test;

namespace {

template <class F>
std::vector<F> reference(const std::vector<double>& before, const std::vector<double>& dy) {
  std::vector<F> sum(before.begin(), before.end());
  for (std::size_t i = 0; i < dy.size(); ++i) sum[i % sum.size()] += static_cast<F>(dy[i]);
  return sum;
}

template <class T>
void check_bias(Type type, const Shape& s) {
  check(std::string("bias_backward ") + type_name<T>() + " " + s.text(), [&](Draw& draw) {
    const long long M = static_cast<long long>(s.N) * s.P;
    auto dy = draw.input<T>(s.elements());
    auto d_bias = draw.updated<float>(s.C);
    auto scratch = draw.output<float>(bias_backward_scratch(M, s.C));
    draw.run([&] { bias_backward(type, d_bias, scratch, dy, M, s.C, nullptr); });
    draw.expect("d_bias", d_bias, reference<double>(draw.before(d_bias), dy.values()),
                reference<float>(draw.before(d_bias), dy.values()));
  });
}

}  // namespace

TEST(accumulates_sum_over_samples_and_positions) {
  for (const Shape& s : long_shapes()) {
    for_each_type([&](auto zero, Type type) { check_bias<decltype(zero)>(type, s); });
  }
}

// So wide that there are more rows than the blocks take at once.
TEST(rows_beyond_the_grid_are_summed_too) { check_bias<bfloat16>(Type::BFLOAT16, {1, 70, 16387}); }

TEST(scratch_does_not_grow_with_rows_without_bound) {
  check("scratch", [](Draw&) {
    if (bias_backward_scratch(1LL << 32, 64) > 1024 * 64) throw std::runtime_error("too much scratch");
  });
}
