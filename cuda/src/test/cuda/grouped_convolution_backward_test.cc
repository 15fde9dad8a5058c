#include "grouped_reference.h"

using namespace test;
using namespace grouped;

namespace {

template <class T>
struct Branch {
  Sizes sizes;
  Field<T> dy;
  Field<float> weight;
};

void check_backward_data(const Sizes& s, const std::vector<int>& dilations, bool accumulate) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    const std::string name = "grouped_convolution_backward_data of " + std::to_string(dilations.size()) +
                             (accumulate ? " accumulating " : " ") + type_name<T>() + " " + s.text();
    check(name, [&](Draw& draw) {
      auto dx = accumulate ? draw.updated<T>(s.inputs()) : draw.output<T>(s.inputs());
      std::vector<Branch<T>> branches;
      std::vector<GroupedBackward> arguments;
      for (int d : dilations) {
        Branch<T> b = {s, draw.input<T>(s.outputs()), draw.input<float>(s.weights(), weights(9 * s.group))};
        b.sizes.dilation = d;
        branches.push_back(b);
        arguments.push_back({b.dy, b.weight, d});
      }
      draw.run([&] {
        grouped_convolution_backward_data(type, dx, accumulate, arguments.data(), static_cast<int>(arguments.size()),
                                          s.geometry(), nullptr);
      });
      std::vector<double> exact = accumulate ? draw.before(dx) : std::vector<double>(s.inputs());
      std::vector<float> plain = cast<float>(exact);
      for (const Branch<T>& b : branches) {
        add_backward_data(exact, b.sizes, b.dy.values(), rounded<T>(b.weight));
        add_backward_data(plain, b.sizes, b.dy.values(), rounded<T>(b.weight));
      }
      draw.expect("dx", dx, exact, plain);
    });
  });
}

void check_backward_weights(const Sizes& s) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    check(std::string("grouped_convolution_backward_weights ") + type_name<T>() + " " + s.text(), [&](Draw& draw) {
      auto x = draw.input<T>(s.inputs());
      auto dy = draw.input<T>(s.outputs());
      auto d_weight = draw.updated<float>(s.weights());
      const Scratch scratch(grouped_convolution_weights_scratch(s.geometry()));
      draw.run([&] {
        grouped_convolution_backward_weights(type, d_weight, x, dy, scratch.data(), s.dilation, s.geometry(), nullptr);
      });
      std::vector<double> exact = draw.before(d_weight);
      std::vector<float> plain = cast<float>(exact);
      add_backward_weights(exact, s, x.values(), dy.values());
      add_backward_weights(plain, s, x.values(), dy.values());
      draw.expect("d_weight", d_weight, exact, plain);
    });
  });
}

}  // namespace

TEST(backward_data_matches_reference) {
  for (const Sizes& s : quick() ? few_sizes() : sizes()) check_backward_data(s, {s.dilation}, false);
}

TEST(backward_data_accumulates) {
  for (const Sizes& s : few_sizes()) check_backward_data(s, {s.dilation}, true);
}

TEST(backward_data_sums_branches) {
  for (int group : {4, 8, 16, 32}) {
    check_backward_data({2, 9, 9, 32, group, 1, 0}, {1, 2}, group == 8);
    check_backward_data({1, 5, 7, 32, group, 2, 0}, {1, 3}, group == 4);
  }
  check_backward_data({1, 7, 17, 40, 8, 1, 0}, {3, 1, 2}, false);
  // Their weights do not fit side by side in float32.
  check_backward_data({1, 5, 5, 32, 32, 1, 0}, {1, 2, 3}, false);
  check_backward_data({1, 5, 5, 32, 32, 1, 0}, {2, 1, 3}, true);
}

TEST(backward_weights_match_reference) {
  for (const Sizes& s : quick() ? few_sizes() : sizes()) check_backward_weights(s);
}

// On the host a launch shares its work out to four blocks.
TEST(a_block_sums_several_tiles) {
  check_backward_weights({11, 3, 2, 40, 8, 1, 1});
  check_backward_weights({3, 21, 43, 16, 16, 1, 2});
}

TEST(a_large_image_has_many_tiles) {
  if (quick()) return;
  check_backward_data({1, 56, 56, 128, 4, 1, 1}, {1}, false);
  check_backward_weights({1, 56, 56, 128, 4, 1, 1});
}
