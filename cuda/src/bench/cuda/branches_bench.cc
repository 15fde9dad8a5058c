// What splits and joins channels and branches, and dropout: on the middle stages of a ResNet-50.
#include "bench.h"

using namespace bench;

namespace {

// Calls body with a unit's end and each type.
template <class Body>
void on_unit_end(Body body) {
  for_each_type([&](auto zero, Type type) { body(unit_ends()[1], zero, type); });
}

long long positions(const Shape& s) { return static_cast<long long>(s.N) * s.P; }

// Its numbers are not part of any formula; it needs a seed and a scale that mean something.
StepState* state(Case& c) { return reinterpret_cast<StepState*>(c.scratch<float>(sizeof(StepState) / sizeof(float))); }

}  // namespace

SECTION(channel_split) {
  on_unit_end([](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    const int half = s.C / 2;
    const std::size_t part = s.elements() / 2;
    {
      Case c("channel_split_forward", "second half", s.text(), type);
      auto y = c.written<T>(part);
      auto x = c.read<T>(part);
      c.scratch<T>(part);  // the other half of x
      c.time([&](cudaStream_t stream) { channel_split_forward(type, y, x, half, positions(s), half, s.C, stream); });
    }
    {
      Case c("channel_split_backward", "second half", s.text(), type);
      auto dx = c.written<T>(s.elements());
      auto dy = c.read<T>(part);
      c.time([&](cudaStream_t stream) {
        channel_split_backward(type, dx, dy, half, false, positions(s), half, s.C, stream);
      });
    }
    Case c("channel_split_backward", "second half, accumulate", s.text(), type);
    auto dx = c.updated<T>(part);
    c.scratch<T>(part);  // the other half of dx
    auto dy = c.read<T>(part);
    c.time([&](cudaStream_t stream) {
      channel_split_backward(type, dx, dy, half, true, positions(s), half, s.C, stream);
    });
  });
}

SECTION(resize_channels) {
  // A batch of images, float32 and with three channels, as the first convolution wants it.
  for_each_type([](auto zero, Type type) {
    using T = decltype(zero);
    const int N = unit_ends().front().N;
    const std::size_t M = static_cast<std::size_t>(N) * 224 * 224;
    Case c("resize_channels", "3 to 8", std::to_string(N) + "x50176x3", type);
    auto y = c.written<T>(8 * M);
    auto x = c.read<float>(3 * M);
    c.time([&](cudaStream_t stream) {
      resize_channels(type, y, Type::FLOAT32, x, false, static_cast<long long>(M), 3, 8, stream);
    });
  });
}

SECTION(multiply) {
  for (const bool gate : {false, true}) {
    on_unit_end([gate](const Shape& s, auto zero, Type type) {
      using T = decltype(zero);
      const std::size_t other = gate ? static_cast<std::size_t>(s.N) * s.C : s.elements();
      const char* variant = gate ? "gate" : "";
      {
        Case c("multiply_forward", variant, s.text(), type);
        auto y = c.written<T>(s.elements());
        auto a = c.read<T>(s.elements());
        auto b = c.read<T>(other);
        c.time([&](cudaStream_t stream) { multiply_forward(type, y, a, b, gate, s.N, s.P, s.C, stream); });
      }
      Case c("multiply_backward", variant, s.text(), type);
      auto da = c.written<T>(s.elements());
      auto db = c.written<T>(other);
      auto dy = c.read<T>(s.elements());
      auto a = c.read<T>(s.elements());
      auto b = c.read<T>(other);
      c.time([&](cudaStream_t stream) { multiply_backward(type, da, db, dy, a, b, gate, s.N, s.P, s.C, stream); });
    });
  }
}

SECTION(dropout) {
  on_unit_end([](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    const auto count = static_cast<long long>(s.elements());
    {
      Case c("dropout_forward", "", s.text(), type);
      auto y = c.written<T>(s.elements());
      auto mask = c.written<std::uint8_t>(s.elements() / 8);
      auto x = c.read<T>(s.elements());
      auto step = state(c);
      c.time([&](cudaStream_t stream) { dropout_forward(type, y, mask, x, step, 0.2f, 1, count, stream); },
             [&](cudaStream_t stream) { step_start(step, 1, stream); });
    }
    Case c("dropout_backward", "", s.text(), type);
    auto dx = c.written<T>(s.elements());
    auto dy = c.read<T>(s.elements());
    auto mask = c.read<std::uint8_t>(s.elements() / 8);
    c.time([&](cudaStream_t stream) { dropout_backward(type, dx, dy, mask, 0.2f, count, stream); });
  });
}

SECTION(shake_shake) {
  on_unit_end([](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    const long long S = static_cast<long long>(s.P) * s.C;
    {
      Case c("shake_shake_forward", "", s.text(), type);
      auto y = c.written<T>(s.elements());
      auto a = c.read<T>(s.elements());
      auto b = c.read<T>(s.elements());
      auto step = state(c);
      c.time([&](cudaStream_t stream) { shake_shake_forward(type, y, a, b, step, 1, s.N, S, stream); },
             [&](cudaStream_t stream) { step_start(step, 1, stream); });
    }
    {
      Case c("shake_shake_backward", "", s.text(), type);
      auto da = c.written<T>(s.elements());
      auto db = c.written<T>(s.elements());
      auto dy = c.read<T>(s.elements());
      auto step = state(c);
      c.time([&](cudaStream_t stream) { shake_shake_backward(type, da, db, dy, step, 1, s.N, S, stream); },
             [&](cudaStream_t stream) { step_start(step, 1, stream); });
    }
    Case c("shake_shake_inference", "", s.text(), type);
    auto y = c.written<T>(s.elements());
    auto a = c.read<T>(s.elements());
    auto b = c.read<T>(s.elements());
    c.time([&](cudaStream_t stream) {
      shake_shake_inference(type, y, a, b, static_cast<long long>(s.elements()), stream);
    });
  });
}
