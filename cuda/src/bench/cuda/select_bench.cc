#include "bench.h"

using namespace bench;

namespace {

// SKNet-50: two branches, and a bottleneck of at least 32 units.
constexpr int M = 2;
int hidden(int C) { return C / 16 > 32 ? C / 16 : 32; }

template <class T>
Branches<const void*> tensors(Case& c, const Shape& s) {
  return {{c.read<T>(s.elements()), c.read<T>(s.elements()), nullptr}};
}

Branches<const float*> floats(Case& c, std::size_t count) {
  return {{c.read<float>(count), c.read<float>(count), nullptr}};
}

SelectForward forward(Case& c, const Shape& s) {
  const std::size_t D = hidden(s.C);
  const std::size_t N = s.N;
  const std::size_t C = s.C;
  SelectForward f = {};
  f.squeeze = c.written<float>(N * C);
  f.linear = c.written<float>(N * D);
  f.norm = {c.written<float>(4 * D), c.updated<float>(D), c.updated<float>(D), nullptr,
            c.read<float>(D),        c.read<float>(D)};
  f.hidden = c.written<float>(N * D);
  f.weights = c.written<float>(N * M * C);
  f.squeeze_weight = c.read<float>(D * C);
  f.select_weight = c.read<float>(M * C * D);
  f.D = static_cast<int>(D);
  return f;
}

// Calls body with each shape of a branch and each type.
template <class Body>
void for_each_case(Body body) {
  for (const Shape& s : branches()) {
    for_each_type([&](auto zero, Type type) { body(s, zero, type); });
  }
}

}  // namespace

SECTION(select_statistics) {
  for (const Shape& s : branches()) {
    Case c("select_statistics", "", s.text(), Type::FLOAT32);
    Branches<NormForward> norms = {};
    for (int m = 0; m < M; ++m) {
      norms.of[m] = {c.written<float>(4 * s.C),    c.updated<float>(s.C), c.updated<float>(s.C),
                     c.read<float>(2 * s.N * s.C), c.read<float>(s.C),    c.read<float>(s.C)};
    }
    c.time([&](cudaStream_t stream) { select_statistics(norms, M, s.N, s.P, s.C, stream); });
  }
}

SECTION(select_squeeze) {
  for_each_case([](const Shape& s, auto zero, Type type) {
    Case c("select_squeeze", "", s.text(), type);
    auto counts = c.written<float>(2 * M * s.N * s.C);
    auto xs = tensors<decltype(zero)>(c, s);
    auto statistics = floats(c, 4 * s.C);
    c.time([&](cudaStream_t stream) { select_squeeze(type, counts, xs, statistics, M, s.N, s.P, s.C, stream); });
  });
}

SECTION(select_fuse) {
  for (const Shape& s : branches()) {
    Case c("select_fuse", "", s.text(), Type::FLOAT32);
    const SelectForward f = forward(c, s);
    auto counts = c.read<float>(2 * M * s.N * s.C);
    auto statistics = floats(c, 4 * s.C);
    c.time([&](cudaStream_t stream) { select_fuse(f, counts, statistics, M, s.N, s.P, s.C, stream); });
  }
}

SECTION(select_forward) {
  for_each_case([](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    Case c("select_forward", "", s.text(), type);
    auto out = c.written<T>(s.elements());
    auto xs = tensors<T>(c, s);
    auto statistics = floats(c, 4 * s.C);
    auto weights = c.read<float>(M * s.N * s.C);
    c.time([&](cudaStream_t stream) { select_forward(type, out, xs, statistics, weights, M, s.N, s.P, s.C, stream); });
  });
}

SECTION(select_backward_sums) {
  for_each_case([](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    Case c("select_backward_sums", "", s.text(), type);
    auto sums = c.written<float>(2 * M * s.N * s.C);
    auto d_out = c.read<T>(s.elements());
    auto xs = tensors<T>(c, s);
    auto statistics = floats(c, 4 * s.C);
    c.time([&](cudaStream_t stream) {
      select_backward_sums(type, sums, d_out, xs, statistics, M, s.N, s.P, s.C, stream);
    });
  });
}

SECTION(select_backward_statistics) {
  for (const Shape& s : branches()) {
    const std::size_t D = hidden(s.C);
    const std::size_t N = s.N;
    const std::size_t C = s.C;
    Case c("select_backward_statistics", "", s.text(), Type::FLOAT32);
    const SelectBackward b = {c.updated<float>(D * C),     c.updated<float>(D),      c.updated<float>(D),
                              c.updated<float>(M * C * D), c.written<float>(N * C),  c.scratch<float>(N * M * C),
                              c.scratch<float>(N * D),     c.read<float>(N * C),     c.read<float>(N * D),
                              c.read<float>(4 * D),        c.read<float>(N * D),     c.read<float>(N * M * C),
                              c.read<float>(D * C),        c.read<float>(M * C * D), static_cast<int>(D)};
    Branches<NormBackward> norms = {};
    for (int m = 0; m < M; ++m) {
      norms.of[m] = {
          c.updated<float>(C), c.updated<float>(C), c.written<float>(2 * C), nullptr, c.read<float>(4 * C), nullptr};
    }
    auto sums = c.read<float>(2 * M * N * C);
    auto counts = c.read<float>(2 * M * N * C);
    c.time([&](cudaStream_t stream) { select_backward_statistics(b, norms, sums, counts, M, s.N, s.P, s.C, stream); });
  }
}

SECTION(select_backward) {
  for_each_case([](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    Case c("select_backward", "", s.text(), type);
    Branches<void*> dxs = {{c.written<T>(s.elements()), c.written<T>(s.elements()), nullptr}};
    auto d_out = c.read<T>(s.elements());
    auto xs = tensors<T>(c, s);
    auto statistics = floats(c, 4 * s.C);
    auto coefficients = floats(c, 2 * s.C);
    auto weights = c.read<float>(M * s.N * s.C);
    auto d_squeeze = c.read<float>(s.N * s.C);
    c.time([&](cudaStream_t stream) {
      select_backward(type, dxs, d_out, xs, statistics, coefficients, weights, d_squeeze, M, s.N, s.P, s.C, stream);
    });
  });
}

SECTION(select_fuse_inference) {
  for_each_case([](const Shape& s, auto zero, Type type) {
    Case c("select_fuse_inference", "", s.text(), type);
    SelectForward f = forward(c, s);
    auto xs = tensors<decltype(zero)>(c, s);
    c.time([&](cudaStream_t stream) { select_fuse_inference(type, f, xs, M, s.N, s.P, s.C, stream); });
  });
}

SECTION(select_inference) {
  for_each_case([](const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    Case c("select_inference", "", s.text(), type);
    auto out = c.written<T>(s.elements());
    auto xs = tensors<T>(c, s);
    auto weights = c.read<float>(M * s.N * s.C);
    c.time([&](cudaStream_t stream) { select_inference(type, out, xs, weights, M, s.N, s.P, s.C, stream); });
  });
}
