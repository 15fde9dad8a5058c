#include "bench.h"

using namespace bench;

namespace {

// What may be merged into the passes over memory.
struct Variant {
  const char* name;
  bool gate, residual, normed, relu;
};
// Inside a unit; its end as it is in SE-ResNet; the same where the shortcut has a norm of its own.
const Variant INNER = {"relu", false, false, false, true};
const Variant END = {"gate, residual, relu", true, true, false, true};
const Variant DOWN = {"gate, normed residual, relu", true, true, true, true};

// Calls body with each variant, its shapes and each type.
template <class Body>
void for_each_case(Body body) {
  for (const Variant& v : {INNER, END, DOWN}) {
    for (const Shape& s : v.residual ? unit_ends() : norms()) {
      for_each_type([&](auto zero, Type type) { body(v, s, zero, type); });
    }
  }
}

NormForward norm(Case& c, const Shape& s) {
  const std::size_t C = s.C;
  return {c.written<float>(4 * C),    c.updated<float>(C), c.updated<float>(C),
          c.read<float>(2 * s.N * C), c.read<float>(C),    c.read<float>(C)};
}

NormBackward norm_backward(Case& c, const Shape& s) {
  const std::size_t C = s.C;
  return {c.updated<float>(C),        c.updated<float>(C),  c.written<float>(2 * C),
          c.read<float>(2 * s.N * C), c.read<float>(4 * C), c.read<float>(2 * s.N * C)};
}

}  // namespace

SECTION(batchnorm_moments) {
  for (const Shape& s : norms()) {
    for_each_type([&](auto zero, Type type) {
      using T = decltype(zero);
      Case c("batchnorm_moments", "", s.text(), type);
      auto x = c.read<T>(s.elements());
      auto moments = c.written<float>(2 * s.N * s.C);
      c.time([&](cudaStream_t stream) { batchnorm_moments(type, moments, x, s.N, s.P, s.C, stream); });
    });
  }
}

SECTION(batchnorm_statistics) {
  for (const Shape& s : norms()) {
    Case c("batchnorm_statistics", "", s.text(), Type::FLOAT32);
    const NormForward n = norm(c, s);
    c.time(
        [&](cudaStream_t stream) { batchnorm_statistics(n, NormForward{}, ExciteForward{}, s.N, s.P, s.C, stream); });
  }
  for (const Shape& s : unit_ends()) {
    const int R = s.C / 16;
    Case c("batchnorm_statistics", "excitation", s.text(), Type::FLOAT32);
    const NormForward n = norm(c, s);
    const ExciteForward e = {c.written<float>(s.N * s.C),
                             c.written<float>(s.N * R),
                             c.written<float>(s.N * s.C),
                             c.read<float>(R * s.C),
                             c.read<float>(R),
                             c.read<float>(s.C * R),
                             c.read<float>(s.C),
                             R,
                             Gate::SIGMOID};
    c.time([&](cudaStream_t stream) { batchnorm_statistics(n, NormForward{}, e, s.N, s.P, s.C, stream); });
  }
}

SECTION(batchnorm_forward) {
  for_each_case([](const Variant& v, const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    Case c("batchnorm_forward", v.name, s.text(), type);
    auto out = c.written<T>(s.elements());
    auto mask = v.relu ? c.written<std::uint8_t>(s.elements() / 8) : nullptr;
    auto x = c.read<T>(s.elements());
    auto residual = v.residual ? c.read<T>(s.elements()) : nullptr;
    auto statistics = c.read<float>(4 * s.C);
    auto residual_statistics = v.normed ? c.read<float>(4 * s.C) : nullptr;
    auto gate = v.gate ? c.read<float>(s.N * s.C) : nullptr;
    c.time([&](cudaStream_t stream) {
      batchnorm_forward(type, out, mask, x, residual, statistics, residual_statistics, gate, s.N, s.P, s.C, stream);
    });
  });
}

SECTION(batchnorm_backward_sums) {
  for_each_case([](const Variant& v, const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    if (v.residual && !v.normed) return;  // reads what INNER reads
    Case c("batchnorm_backward_sums", v.name, s.text(), type);
    auto sums = c.written<float>(2 * s.N * s.C);
    auto residual_sums = v.normed ? c.written<float>(2 * s.N * s.C) : nullptr;
    auto d_out = c.read<T>(s.elements());
    auto mask = c.read<std::uint8_t>(s.elements() / 8);
    auto x = c.read<T>(s.elements());
    auto residual = v.normed ? c.read<T>(s.elements()) : nullptr;
    c.time([&](cudaStream_t stream) {
      batchnorm_backward_sums(type, sums, residual_sums, d_out, mask, x, residual, s.N, s.P, s.C, stream);
    });
  });
}

SECTION(batchnorm_backward_statistics) {
  for (const Shape& s : norms()) {
    Case c("batchnorm_backward_statistics", "", s.text(), Type::FLOAT32);
    NormBackward n = norm_backward(c, s);
    c.time([&](cudaStream_t stream) {
      batchnorm_backward_statistics(n, NormBackward{}, ExciteBackward{}, s.N, s.P, s.C, stream);
    });
  }
  for (const Shape& s : unit_ends()) {
    const int R = s.C / 16;
    Case c("batchnorm_backward_statistics", "excitation", s.text(), Type::FLOAT32);
    NormBackward n = norm_backward(c, s);
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
    c.time([&](cudaStream_t stream) { batchnorm_backward_statistics(n, NormBackward{}, e, s.N, s.P, s.C, stream); });
  }
}

SECTION(batchnorm_backward) {
  for_each_case([](const Variant& v, const Shape& s, auto zero, Type type) {
    using T = decltype(zero);
    Case c("batchnorm_backward", v.name, s.text(), type);
    auto dx = c.written<T>(s.elements());
    auto d_residual = v.residual ? c.written<T>(s.elements()) : nullptr;
    auto d_out = c.read<T>(s.elements());
    auto mask = c.read<std::uint8_t>(s.elements() / 8);
    auto x = c.read<T>(s.elements());
    auto residual = v.normed ? c.read<T>(s.elements()) : nullptr;
    auto statistics = c.read<float>(4 * s.C);
    auto coefficients = c.read<float>(2 * s.C);
    auto residual_statistics = v.normed ? c.read<float>(4 * s.C) : nullptr;
    auto residual_coefficients = v.normed ? c.read<float>(2 * s.C) : nullptr;
    auto gate = v.gate ? c.read<float>(s.N * s.C) : nullptr;
    auto d_squeeze = v.gate ? c.read<float>(s.N * s.C) : nullptr;
    c.time([&](cudaStream_t stream) {
      batchnorm_backward(type, dx, d_residual, d_out, mask, x, residual, statistics, coefficients, residual_statistics,
                         residual_coefficients, gate, d_squeeze, s.N, s.P, s.C, stream);
    });
  });
}
