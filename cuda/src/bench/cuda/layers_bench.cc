// Pools, biases, what moves channels, the loss, inference, the optimiser: on what they meet in a ResNet-50.
#include "bench.h"

using namespace bench;

namespace {

int batch() { return norms().front().N; }
constexpr std::size_t PARAMETERS = 28'000'000;  // SE-ResNet-50
constexpr int CLASSES = 1000;

// Calls body with each type.
template <class Body>
void on(const std::vector<Shape>& all, Body body) {
  for (const Shape& s : all) {
    for_each_type([&](auto zero, Type type) { body(s, zero, type); });
  }
}

PoolGeometry stem() { return {112, 112, 56, 56, 3, 2, 1, false}; }
PoolGeometry shortcut() { return {56, 56, 28, 28, 2, 2, 0, false}; }
std::size_t inputs(const PoolGeometry& g, int C) { return static_cast<std::size_t>(batch()) * g.H * g.W * C; }
std::size_t outputs(const PoolGeometry& g, int C) { return static_cast<std::size_t>(batch()) * g.P * g.Q * C; }
std::string text(const PoolGeometry& g, int C) {
  return std::to_string(batch()) + "x" + std::to_string(g.H) + "x" + std::to_string(g.W) + "x" + std::to_string(C);
}

RunningNorm running_norm(Case& c, int C) {
  return {c.read<float>(C), c.read<float>(C), c.read<float>(C), c.read<float>(C)};
}

}  // namespace

SECTION(max_pool) {
  const PoolGeometry g = stem();
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    {
      Case c("max_pool_forward", "", text(g, 64), type);
      auto y = c.written<T>(outputs(g, 64));
      auto winners = c.written<std::uint8_t>(outputs(g, 64));
      auto x = c.read<T>(inputs(g, 64));
      c.time([&](cudaStream_t stream) { max_pool_forward(type, y, winners, x, g, batch(), 64, stream); });
    }
    Case c("max_pool_backward", "", text(g, 64), type);
    auto dx = c.written<T>(inputs(g, 64));
    auto dy = c.read<T>(outputs(g, 64));
    auto winners = c.read<std::uint8_t>(outputs(g, 64));
    c.time([&](cudaStream_t stream) { max_pool_backward(type, dx, dy, winners, g, batch(), 64, stream); });
  });
}

SECTION(average_pool) {
  const PoolGeometry g = shortcut();
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    {
      Case c("average_pool_forward", "", text(g, 256), type);
      auto y = c.written<T>(outputs(g, 256));
      auto x = c.read<T>(inputs(g, 256));
      c.time([&](cudaStream_t stream) { average_pool_forward(type, y, x, g, batch(), 256, stream); });
    }
    Case c("average_pool_backward", "", text(g, 256), type);
    auto dx = c.written<T>(inputs(g, 256));
    auto dy = c.read<T>(outputs(g, 256));
    c.time([&](cudaStream_t stream) { average_pool_backward(type, dx, dy, g, batch(), 256, stream); });
  });
}

SECTION(global_average_pool) {
  on({unit_ends().back()}, [](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    const std::size_t pooled = static_cast<std::size_t>(s.N) * s.C;
    {
      Case c("global_average_pool_forward", "", s.text(), type);
      auto y = c.written<T>(pooled);
      auto x = c.read<T>(s.elements());
      c.time([&](cudaStream_t stream) { global_average_pool_forward(type, y, x, s.N, s.P, s.C, stream); });
    }
    Case c("global_average_pool_backward", "", s.text(), type);
    auto dx = c.written<T>(s.elements());
    auto dy = c.read<T>(pooled);
    c.time([&](cudaStream_t stream) { global_average_pool_backward(type, dx, dy, s.N, s.P, s.C, stream); });
  });
}

SECTION(scale) {
  on(unit_ends(), [](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    {
      Case c("scale_forward", "", s.text(), type);
      auto y = c.written<T>(s.elements());
      auto x = c.read<T>(s.elements());
      auto gate = c.read<float>(s.N * s.C);
      c.time([&](cudaStream_t stream) { scale_forward(type, y, x, gate, s.N, s.P, s.C, stream); });
    }
    Case c("scale_backward", "", s.text(), type);
    auto dx = c.written<T>(s.elements());
    auto dy = c.read<T>(s.elements());
    auto gate = c.read<float>(s.N * s.C);
    auto d_squeeze = c.read<float>(s.N * s.C);
    c.time([&](cudaStream_t stream) { scale_backward(type, dx, dy, gate, d_squeeze, nullptr, s.N, s.P, s.C, stream); });
  });
}

SECTION(elementwise) {
  on({unit_ends().front()}, [](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    const auto count = static_cast<long long>(s.elements());
    {
      Case c("relu_forward", "", s.text(), type);
      auto y = c.written<T>(s.elements());
      auto x = c.read<T>(s.elements());
      c.time([&](cudaStream_t stream) { relu_forward(type, y, x, count, stream); });
    }
    {
      Case c("relu_backward", "", s.text(), type);
      auto dx = c.written<T>(s.elements());
      auto dy = c.read<T>(s.elements());
      auto y = c.read<T>(s.elements());
      c.time([&](cudaStream_t stream) { relu_backward(type, dx, dy, y, count, stream); });
    }
    {
      Case c("add_forward", "", s.text(), type);
      auto y = c.written<T>(s.elements());
      auto a = c.read<T>(s.elements());
      auto b = c.read<T>(s.elements());
      c.time([&](cudaStream_t stream) { add_forward(type, y, a, b, count, stream); });
    }
    Case c("accumulate", "", s.text(), type);
    auto y = c.updated<T>(s.elements());
    auto x = c.read<T>(s.elements());
    c.time([&](cudaStream_t stream) { accumulate(type, y, x, count, stream); });
  });
}

SECTION(concat) {
  on({unit_ends()[1]}, [](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    const long long M = static_cast<long long>(s.N) * s.P;
    Case c("concat_forward", "second half", s.text(), type);
    auto y = c.written<T>(s.elements());
    c.scratch<T>(s.elements());  // the other half of y
    auto x = c.read<T>(s.elements());
    c.time([&](cudaStream_t stream) { concat_forward(type, y, x, s.C, M, s.C, 2 * s.C, stream); });
  });
}

SECTION(channel_shuffle) {
  on({unit_ends()[1]}, [](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    Case c("channel_shuffle", "2 groups", s.text(), type);
    auto y = c.written<T>(s.elements());
    auto x = c.read<T>(s.elements());
    c.time(
        [&](cudaStream_t stream) { channel_shuffle(type, y, x, 2, static_cast<long long>(s.N) * s.P, s.C, stream); });
  });
}

SECTION(bias_backward) {
  on({{batch(), 1, CLASSES}, {batch(), 49, 512}}, [](const Shape& s, auto zero, Type type) {
    const long long M = static_cast<long long>(s.N) * s.P;
    Case c("bias_backward", "", s.text(), type);
    auto d_bias = c.updated<float>(s.C);
    auto dy = c.read<decltype(zero)>(s.elements());
    const long long room = bias_backward_scratch(M, s.C);
    auto scratch = room == 0 ? nullptr : c.scratch<float>(static_cast<std::size_t>(room));
    c.time([&](cudaStream_t stream) { bias_backward(type, d_bias, scratch, dy, M, s.C, stream); });
  });
}

SECTION(softmax_cross_entropy) {
  const std::size_t count = static_cast<std::size_t>(batch()) * CLASSES;
  Case c("softmax_cross_entropy", "", std::to_string(batch()) + "x" + std::to_string(CLASSES), Type::FLOAT32);
  auto loss = c.updated<float>(batch());
  auto d_logits = c.written<float>(count);
  auto logits = c.read<float>(count);
  auto labels = c.read<float>(count);
  c.time([&](cudaStream_t stream) {
    softmax_cross_entropy(Type::FLOAT32, loss, d_logits, logits, labels, nullptr, 0.1f, batch(), CLASSES, stream);
  });
}

SECTION(inference) {
  on(unit_ends(), [](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    Case c("batchnorm_inference", "residual, relu", s.text(), type);
    auto y = c.written<T>(s.elements());
    auto x = c.read<T>(s.elements());
    auto residual = c.read<T>(s.elements());
    const RunningNorm norm = running_norm(c, s.C);
    c.time([&](cudaStream_t stream) {
      batchnorm_inference(type, y, x, residual, norm, Activation::RELU, s.N, s.P, s.C, stream);
    });
  });
}

SECTION(optimizer) {
  for_each_type([](auto zero, Type type) {
    using T = decltype(zero);
    const bool copied = type != Type::FLOAT32;
    const auto count = static_cast<long long>(PARAMETERS);
    {
      Case c("sgd", copied ? "momentum, copy" : "momentum", std::to_string(PARAMETERS), type);
      auto w = c.updated<float>(PARAMETERS);
      auto velocity = c.updated<float>(PARAMETERS);
      auto copy = copied ? c.written<T>(PARAMETERS) : nullptr;
      auto gradient = c.read<float>(PARAMETERS);
      auto state = reinterpret_cast<StepState*>(c.scratch<float>(sizeof(StepState) / 4));
      c.time(
          [&](cudaStream_t stream) {
            sgd(w, velocity, type, copy, gradient, state, 0.9f, 1e-4f, false, count, stream);
          },
          [&](cudaStream_t stream) { step_start(state, 1, stream); });
    }
    Case c("adamw", copied ? "copy" : "", std::to_string(PARAMETERS), type);
    auto w = c.updated<float>(PARAMETERS);
    auto mean = c.updated<float>(PARAMETERS);
    auto square = c.updated<float>(PARAMETERS);
    auto copy = copied ? c.written<T>(PARAMETERS) : nullptr;
    auto gradient = c.read<float>(PARAMETERS);
    auto state = reinterpret_cast<StepState*>(c.scratch<float>(sizeof(StepState) / 4));
    c.time(
        [&](cudaStream_t stream) {
          adamw(w, mean, square, type, copy, gradient, state, 0.9f, 0.999f, 1e-8f, 0.01f, count, stream);
        },
        [&](cudaStream_t stream) { step_start(state, 1, stream); });
  });
}
