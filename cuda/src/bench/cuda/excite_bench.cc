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
        const ExciteForward e = {c.written<float>(s.N * s.C),
                                 c.written<float>(s.N * R),
                                 c.written<float>(s.N * s.C),
                                 c.read<float>(R * s.C),
                                 c.read<float>(R),
                                 c.read<float>(s.C * R),
                                 c.read<float>(s.C),
                                 R,
                                 Gate::SIGMOID};
        auto x = c.read<T>(s.elements());
        c.time([&](cudaStream_t stream) { excite_forward(type, e, nullptr, x, s.N, s.P, s.C, stream); });
      }
      Case c("excite_backward", "", s.text(), type);
      const ExciteBackward e = {c.updated<float>(R * s.C),
                                c.updated<float>(R),
                                c.updated<float>(s.C * R),
                                c.updated<float>(s.C),
                                c.written<float>(s.N * s.C),
                                c.written<float>(s.N * s.C),
                                c.scratch<float>(s.N * R),
                                c.read<float>(s.N * s.C),
                                c.read<float>(s.N * R),
                                c.read<float>(s.N * s.C),
                                c.read<float>(R * s.C),
                                c.read<float>(s.C * R),
                                R,
                                Gate::SIGMOID};
      auto dy = c.read<T>(s.elements());
      auto x = c.read<T>(s.elements());
      c.time([&](cudaStream_t stream) { excite_backward(type, e, dy, x, s.N, s.P, s.C, stream); });
    });
  }
}
