#include "bench.h"

using namespace bench;

namespace {

// The 3x3 convolutions of ResNeXt-50 and SKNet-50: 32 groups.
struct Layer {
  int width, channels, stride;
};
const Layer LAYERS[] = {{56, 128, 1}, {56, 256, 2},  {28, 256, 1}, {28, 512, 2},
                        {14, 512, 1}, {14, 1024, 2}, {7, 1024, 1}};

std::string text(const GroupedGeometry& g) {
  return std::to_string(g.N) + "x" + std::to_string(g.H) + "x" + std::to_string(g.W) + "x" + std::to_string(g.C) +
         (g.stride == 2 ? " /2" : "");
}

// Calls body with each geometry, the numbers that go in and come out, the numbers of a filter, and each type.
template <class Body>
void for_each_case(Body body) {
  const int N = norms().front().N;
  for (const Layer& layer : LAYERS) {
    const GroupedGeometry g = {N, layer.width, layer.width, layer.channels, layer.channels / 32, layer.stride};
    const std::size_t in = static_cast<std::size_t>(N) * g.H * g.W * g.C;
    const std::size_t out = static_cast<std::size_t>(N) * g.out_height() * g.out_width() * g.C;
    for_each_type(
        [&](auto zero, Type type) { body(g, in, out, static_cast<std::size_t>(g.C) * 9 * g.group, zero, type); });
  }
}

// Nothing is allocated for nothing.
template <class T>
T* scratch(Case& c, long long count) {
  return count == 0 ? nullptr : c.scratch<T>(static_cast<std::size_t>(count));
}

}  // namespace

SECTION(grouped_convolution) {
  for (const int branches : {1, 2}) {
    const char* variant = branches == 1 ? "" : "two branches";
    for_each_case([&](const GroupedGeometry& g, std::size_t in, std::size_t out, std::size_t weights, auto zero,
                      Type type) {
      using T = decltype(zero);
      {
        Case c("grouped_convolution_forward", variant, text(g), type);
        GroupedForward f[2];
        for (int m = 0; m < branches; ++m) {
          f[m] = {c.written<T>(out), c.written<float>(static_cast<std::size_t>(2) * g.N * g.C), c.read<float>(weights),
                  m + 1};
        }
        auto x = c.read<T>(in);
        auto room = scratch<float>(c, grouped_convolution_moments_scratch(g, branches));
        c.time([&](cudaStream_t stream) { grouped_convolution_forward(type, f, branches, x, room, g, stream); });
      }
      Case c("grouped_convolution_backward_data", variant, text(g), type);
      GroupedBackward b[2];
      for (int m = 0; m < branches; ++m) b[m] = {c.read<T>(out), c.read<float>(weights), m + 1};
      auto dx = c.written<T>(in);
      c.time([&](cudaStream_t stream) { grouped_convolution_backward_data(type, dx, false, b, branches, g, stream); });
    });
  }
}

SECTION(grouped_convolution_backward_weights) {
  for_each_case(
      [](const GroupedGeometry& g, std::size_t in, std::size_t out, std::size_t weights, auto zero, Type type) {
        using T = decltype(zero);
        Case c("grouped_convolution_backward_weights", "", text(g), type);
        auto d_weight = c.updated<float>(weights);
        auto x = c.read<T>(in);
        auto dy = c.read<T>(out);
        auto room = scratch<float>(c, grouped_convolution_weights_scratch(g));
        c.time([&](cudaStream_t stream) {
          grouped_convolution_backward_weights(type, d_weight, x, dy, room, 1, g, stream);
        });
      });
}
