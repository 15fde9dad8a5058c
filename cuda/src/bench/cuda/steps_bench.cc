// What surrounds a step: gradients looked through, batch norms folded.
#include "bench.h"

using namespace bench;

namespace {

constexpr std::size_t PARAMETERS = 28'000'000;  // SE-ResNet-50

}  // namespace

// One thread's work each, but for the search: what a launch takes.
SECTION(step_state) {
  {
    Case c("find_overflow", "", std::to_string(PARAMETERS), Type::FLOAT32);
    auto state = reinterpret_cast<StepState*>(c.scratch<float>(sizeof(StepState) / sizeof(float)));
    auto gradient = c.read<float>(PARAMETERS);
    c.time([&](cudaStream_t stream) { find_overflow(state, gradient, PARAMETERS, stream); },
           [&](cudaStream_t stream) { step_start(state, 1, stream); });
  }
  Case c("step_end", "", "1", Type::FLOAT32);
  auto state = reinterpret_cast<StepState*>(c.updated<float>(sizeof(StepState) / sizeof(float)));
  c.time([&](cudaStream_t stream) { step_end(state, 0, stream); },
         [&](cudaStream_t stream) { step_start(state, 1, stream); });
}

// The largest 3x3 of a ResNet-50.
SECTION(fold) {
  for_each_type([](auto zero, Type type) {
    using T = decltype(zero);
    const int K = 512;
    const int E = 9 * 512;
    const std::size_t count = static_cast<std::size_t>(K) * E;
    const bool copied = type != Type::FLOAT32;
    Case c("fold_batchnorm", copied ? "copy" : "", std::to_string(K) + "x" + std::to_string(E), type);
    auto folded = copied ? nullptr : c.written<float>(count);
    auto copy = copied ? c.written<T>(count) : nullptr;
    auto folded_bias = c.written<float>(K);
    auto weight = c.read<float>(count);
    const RunningNorm norm = {c.read<float>(K), c.read<float>(K), c.read<float>(K), c.read<float>(K)};
    c.time([&](cudaStream_t stream) {
      fold_batchnorm(folded, type, copy, folded_bias, weight, nullptr, norm, K, E, stream);
    });
  });
}
