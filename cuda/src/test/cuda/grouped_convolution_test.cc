#include "grouped_reference.h"

using namespace test;
using namespace grouped;

namespace {

// Of y as it was stored.
template <class F>
std::vector<F> moments_of(const std::vector<double>& y, const Sizes& s) {
  std::vector<F> moments(2 * s.N * s.C);
  for (int n = 0; n < s.N; ++n) {
    for (int c = 0; c < s.C; ++c) {
      auto at = [&](int p) { return static_cast<F>(y[(static_cast<std::size_t>(n) * s.positions() + p) * s.C + c]); };
      F sum = 0;
      for (int p = 0; p < s.positions(); ++p) sum += at(p);
      const F mean = sum / s.positions();
      F squares = 0;
      for (int p = 0; p < s.positions(); ++p) squares += (at(p) - mean) * (at(p) - mean);
      moments[2 * n * s.C + c] = mean;
      moments[(2 * n + 1) * s.C + c] = squares;
    }
  }
  return moments;
}

template <class T>
struct Branch {
  Field<float> weight;
  Field<T> y;
  Field<float> moments;
};

std::string of(std::size_t branch) { return " of branch " + std::to_string(branch); }

// Branches of one x with the given dilations, with moments of each or without.
template <class T>
void check_forward_of(Type type, const Sizes& s, const std::vector<int>& dilations, bool measured,
                      const Values& values) {
  const std::string name = "grouped_convolution_forward " + std::to_string(dilations.size()) +
                           (measured ? " with moments " : " ") + type_name<T>() + " " + s.text();
  check(name, [&](Draw& draw) {
    const int count = static_cast<int>(dilations.size());
    auto x = draw.input<T>(s.inputs(), values);
    std::vector<Branch<T>> branches;
    std::vector<GroupedForward> arguments;
    for (int d : dilations) {
      Branch<T> b = {draw.input<float>(s.weights(), weights(9 * s.group)), draw.output<T>(s.outputs()), {}};
      if (measured) b.moments = draw.output<float>(2 * s.N * s.C);
      branches.push_back(b);
      arguments.push_back({b.y, measured ? b.moments.data : nullptr, b.weight, d});
    }
    const long long floats = measured ? grouped_convolution_moments_scratch(s.geometry(), count) : 0;
    const Scratch scratch(floats);
    draw.run(
        [&] { grouped_convolution_forward(type, arguments.data(), count, x, scratch.data(), s.geometry(), nullptr); });
    for (std::size_t b = 0; b < branches.size(); ++b) {
      Sizes own = s;
      own.dilation = dilations[b];
      std::vector<double> exact(s.outputs());
      std::vector<float> plain(s.outputs());
      add_forward(exact, own, x.values(), rounded<T>(branches[b].weight));
      add_forward(plain, own, x.values(), rounded<T>(branches[b].weight));
      draw.expect("y" + of(b), branches[b].y, exact, plain);
      if (measured) {
        const auto y = branches[b].y.values();
        draw.expect("moments" + of(b), branches[b].moments, moments_of<double>(y, own), moments_of<float>(y, own));
      }
    }
  });
}

void check_forward(const Sizes& s, const std::vector<int>& dilations, bool measured, const Values& values) {
  for_each_type([&](auto zero, Type type) { check_forward_of<decltype(zero)>(type, s, dilations, measured, values); });
}

}  // namespace

TEST(forward_matches_reference) {
  for (const Sizes& s : quick() ? few_sizes() : sizes()) check_forward(s, {s.dilation}, false, normal);
}

TEST(forward_measures_its_output) {
  for (const Sizes& s : few_sizes()) check_forward(s, {s.dilation}, true, far_off_centre);
}

TEST(branches_match_reference) {
  for (int group : {4, 8, 16, 32}) {
    check_forward({2, 9, 9, 32, group, 1, 0}, {1, 2}, true, off_centre);
    check_forward({1, 5, 7, 32, group, 2, 0}, {1, 3}, true, off_centre);
  }
  check_forward({1, 7, 17, 40, 8, 1, 0}, {3, 1, 2}, true, off_centre);
  // Their weights do not fit side by side in float32.
  check_forward({1, 5, 5, 32, 32, 1, 0}, {1, 2, 3}, true, off_centre);
  check_forward({1, 5, 5, 32, 32, 1, 0}, {2, 1}, false, off_centre);
}

// On the host a launch shares its work out to four blocks: the last of these takes one sample.
TEST(a_block_takes_several_samples) {
  check_forward({7, 3, 5, 32, 32, 1, 0}, {1}, true, off_centre);
  check_forward({9, 2, 1, 48, 16, 1, 0}, {1, 2}, false, normal);
}

TEST(a_block_takes_several_tiles) {
  check_forward({3, 21, 43, 8, 8, 1, 0}, {2}, false, normal);
  check_forward({1, 23, 67, 8, 4, 1, 0}, {1, 3}, true, off_centre);
}

TEST(a_large_image_has_many_tiles) {
  if (!quick()) check_forward({1, 56, 56, 128, 4, 1, 0}, {1}, true, off_centre);
}
