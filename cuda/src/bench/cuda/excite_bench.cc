#include "bench.h"

using namespace bench;

// Where the excitation stands alone: as in networks whose squeeze does not follow a batch norm.
SECTION(excite) {
  for (const Shape& s : unit_ends()) {
    const int R = s.C / 16;
    for_each_type([&](auto zero, Type type) {
      using T = decltype(zero);
      {
        Case c("excite_forward", "", s.text(), type);
        const ExciteForward e = {c.written<float>(s.N * s.C), c.written<float>(s.N * R), c.written<float>(s.N * s.C),
                                 c.read<float>(R * s.C),      c.read<float>(R),          c.read<float>(s.C * R),
                                 c.read<float>(s.C),          R,                         Gate::SIGMOID};
        auto x = c.read<T>(s.elements());
        c.time([&](cudaStream_t stream) { excite_forward(type, e, nullptr, x, s.N, s.P, s.C, stream); });
      }
      Case c("excite_backward", "", s.text(), type);
      const ExciteBackward e = {c.updated<float>(R * s.C), c.updated<float>(R),         c.updated<float>(s.C * R),
                                c.updated<float>(s.C),     c.written<float>(s.N * s.C), c.written<float>(s.N * s.C),
                                c.scratch<float>(s.N * R), c.read<float>(s.N * s.C),    c.read<float>(s.N * R),
                                c.read<float>(s.N * s.C),  c.read<float>(R * s.C),      c.read<float>(s.C * R),
                                R,                         Gate::SIGMOID};
      auto dy = c.read<T>(s.elements());
      auto x = c.read<T>(s.elements());
      c.time([&](cudaStream_t stream) { excite_backward(type, e, dy, x, s.N, s.P, s.C, stream); });
    });
  }
}

// Between the passes where a ReLU stands before the squeeze: nothing as large as an activation.
SECTION(rectified_excite) {
  for (const Shape& s : unit_ends()) {
    const int R = s.C / 16;
    const std::size_t squeezed = static_cast<std::size_t>(s.N) * s.C;
    {
      Case c("rectified_excite_fuse", "", s.text(), Type::FLOAT32);
      const ExciteForward e = {c.written<float>(squeezed), c.written<float>(s.N * R), c.written<float>(squeezed),
                               c.read<float>(R * s.C),     c.read<float>(R),          c.read<float>(s.C * R),
                               c.read<float>(s.C),         R,                         Gate::SIGMOID};
      auto counts = c.read<float>(2 * squeezed);
      auto statistics = c.read<float>(4 * s.C);
      c.time([&](cudaStream_t stream) { rectified_excite_fuse(e, counts, statistics, s.N, s.P, s.C, stream); });
    }
    Case c("rectified_excite_backward_statistics", "", s.text(), Type::FLOAT32);
    const NormBackward norm = {c.updated<float>(s.C),       c.updated<float>(s.C),  c.written<float>(2 * s.C),
                               c.read<float>(2 * squeezed), c.read<float>(4 * s.C), nullptr};
    const ExciteBackward e = {c.updated<float>(R * s.C), c.updated<float>(R),        c.updated<float>(s.C * R),
                              c.updated<float>(s.C),     c.written<float>(squeezed), c.written<float>(squeezed),
                              c.scratch<float>(s.N * R), c.read<float>(squeezed),    c.read<float>(s.N * R),
                              c.read<float>(squeezed),   c.read<float>(R * s.C),     c.read<float>(s.C * R),
                              R,                         Gate::SIGMOID};
    auto counts = c.read<float>(2 * squeezed);
    c.time([&](cudaStream_t stream) {
      rectified_excite_backward_statistics(norm, e, counts, s.N, s.P, s.C, stream);
    });
  }
}
