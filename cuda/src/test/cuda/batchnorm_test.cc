// Batch norm with all that may be merged into it, each pass on its own: numbers in, numbers out.
#include "test.h"

using namespace test;

namespace {

enum class Residual { NONE, PLAIN, NORMED };

struct Variant {
  bool gate;
  Residual residual;
  bool relu;
  std::string text() const {
    const char* added[] = {"", " + residual", " + normed residual"};
    return std::string(gate ? "gated norm" : "norm") + added[static_cast<int>(residual)] + (relu ? ", relu" : "");
  }
};

std::vector<Variant> variants() {
  std::vector<Variant> all;
  for (bool gate : {false, true}) {
    for (Residual residual : {Residual::NONE, Residual::PLAIN, Residual::NORMED}) {
      for (bool relu : {false, true}) all.push_back({gate, residual, relu});
    }
  }
  return all;
}

// A few, and two with enough positions for several blocks of one sample; the mask of the last ends with a whole byte.
std::vector<Shape> some_shapes() {
  auto all = few_shapes();
  all.push_back({2, 70, 264});
  all.push_back({2, 70, 20});
  return all;
}

// The whole list of shapes for what SE-ResNet needs most.
std::vector<Shape> shapes_of(const Variant& v) {
  return v.gate && v.residual == Residual::PLAIN && v.relu ? shapes() : some_shapes();
}

template <class F>
std::vector<F> as(const std::vector<double>& values) {
  return std::vector<F>(values.begin(), values.end());
}

// Rows of statistics.
constexpr int A = 2, B = 3;

std::size_t index(const Shape& s, int n, int p, int c) { return (static_cast<std::size_t>(n) * s.P + p) * s.C + c; }

bool bit(const std::vector<double>& mask, std::size_t i) { return static_cast<int>(mask[i / 8]) >> (i % 8) & 1; }

// ---- forward ----------------------------------------------------------------------------------------------------

template <class F>
std::vector<F> forward_reference(const Variant& v, const Shape& s, const std::vector<double>& x,
                                 const std::vector<double>& residual, const std::vector<double>& statistics,
                                 const std::vector<double>& residual_statistics, const std::vector<double>& gate) {
  const auto k = as<F>(statistics);
  const auto kr = as<F>(residual_statistics);
  std::vector<F> out(x.size());
  for (int n = 0; n < s.N; ++n) {
    for (int p = 0; p < s.P; ++p) {
      for (int c = 0; c < s.C; ++c) {
        const auto i = index(s, n, p, c);
        F value = k[A * s.C + c] * static_cast<F>(x[i]) + k[B * s.C + c];
        if (v.gate) value = static_cast<F>(gate[n * s.C + c]) * value;
        if (v.residual == Residual::PLAIN) value += static_cast<F>(residual[i]);
        if (v.residual == Residual::NORMED) {
          value += kr[A * s.C + c] * static_cast<F>(residual[i]) + kr[B * s.C + c];
        }
        out[i] = value;
      }
    }
  }
  return out;
}

void check_forward(const Variant& v, const Shape& s) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    check("batchnorm_forward " + v.text() + " " + type_name<T>() + " " + s.text(), [&](Draw& draw) {
      const bool added = v.residual != Residual::NONE;
      auto x = draw.input<T>(s.elements(), off_centre);
      auto residual = draw.input<T>(s.elements(), off_centre);
      auto statistics = draw.input<float>(4 * s.C);
      auto residual_statistics = draw.input<float>(4 * s.C);
      auto gate = draw.input<float>(s.N * s.C, probability);
      auto out = draw.output<T>(s.elements());
      auto mask = draw.output<std::uint8_t>((s.elements() + 7) / 8);
      draw.run([&] {
        batchnorm_forward(type, out, v.relu ? mask.data : nullptr, x, added ? residual.data : nullptr, statistics,
                          v.residual == Residual::NORMED ? residual_statistics.data : nullptr,
                          v.gate ? gate.data : nullptr, s.N, s.P, s.C, nullptr);
      });
      auto exact = forward_reference<double>(v, s, x.values(), residual.values(), statistics.values(),
                                             residual_statistics.values(), gate.values());
      auto plain = forward_reference<float>(v, s, x.values(), residual.values(), statistics.values(),
                                            residual_statistics.values(), gate.values());
      if (v.relu) {
        // A value beside the kink may fall to either side: the mask must then say what the output did.
        const auto bytes = mask.values();
        std::vector<double> expected(bytes.size());
        for (std::size_t i = 0; i < exact.size(); ++i) {
          const bool sure = std::abs(exact[i]) > 1e-4;
          const bool passes = sure ? exact[i] > 0 : bit(bytes, i);
          if (passes) expected[i / 8] += 1 << (i % 8);
          exact[i] = passes ? exact[i] : 0;
          plain[i] = passes ? plain[i] : 0;
        }
        draw.expect_equal("mask", mask, expected);
      }
      draw.expect("out", out, exact, plain);
    });
  });
}

// ---- backward sums ----------------------------------------------------------------------------------------------

template <class F>
std::vector<F> sums_reference(const Shape& s, bool relu, const std::vector<double>& d_out,
                              const std::vector<double>& mask, const std::vector<double>& x) {
  std::vector<F> sums(2 * s.N * s.C);
  for (int n = 0; n < s.N; ++n) {
    for (int p = 0; p < s.P; ++p) {
      for (int c = 0; c < s.C; ++c) {
        const auto i = index(s, n, p, c);
        const F g = !relu || bit(mask, i) ? static_cast<F>(d_out[i]) : F(0);
        sums[2 * n * s.C + c] += g;
        sums[(2 * n + 1) * s.C + c] += g * static_cast<F>(x[i]);
      }
    }
  }
  return sums;
}

void check_sums(const Variant& v, const Shape& s) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    check("batchnorm_backward_sums " + v.text() + " " + type_name<T>() + " " + s.text(), [&](Draw& draw) {
      const bool normed = v.residual == Residual::NORMED;
      auto d_out = draw.input<T>(s.elements());
      auto x = draw.input<T>(s.elements(), off_centre);
      auto residual = draw.input<T>(s.elements(), off_centre);
      auto mask = draw.input<std::uint8_t>((s.elements() + 7) / 8, bits);
      auto sums = draw.output<float>(2 * s.N * s.C);
      auto residual_sums = draw.output<float>(2 * s.N * s.C);
      draw.run([&] {
        batchnorm_backward_sums(type, sums, normed ? residual_sums.data : nullptr, d_out, v.relu ? mask.data : nullptr,
                                x, normed ? residual.data : nullptr, s.N, s.P, s.C, nullptr);
      });
      draw.expect("sums", sums, sums_reference<double>(s, v.relu, d_out.values(), mask.values(), x.values()),
                  sums_reference<float>(s, v.relu, d_out.values(), mask.values(), x.values()));
      if (normed) {
        draw.expect("residual sums", residual_sums,
                    sums_reference<double>(s, v.relu, d_out.values(), mask.values(), residual.values()),
                    sums_reference<float>(s, v.relu, d_out.values(), mask.values(), residual.values()));
      }
    });
  });
}

// ---- backward apply ---------------------------------------------------------------------------------------------

struct Coefficients {
  std::vector<double> statistics, coefficients, gate, d_squeeze;
};

template <class F>
std::vector<F> apply_reference(const Shape& s, bool relu, bool gated, const std::vector<double>& d_out,
                               const std::vector<double>& mask, const std::vector<double>& x, const Coefficients& k) {
  std::vector<F> dx(x.size());
  for (int n = 0; n < s.N; ++n) {
    for (int p = 0; p < s.P; ++p) {
      for (int c = 0; c < s.C; ++c) {
        const auto i = index(s, n, p, c);
        F g = !relu || bit(mask, i) ? static_cast<F>(d_out[i]) : F(0);
        if (gated) {
          g = static_cast<F>(k.gate[n * s.C + c]) * g + static_cast<F>(k.d_squeeze[n * s.C + c]) / s.P;
        }
        dx[i] = static_cast<F>(k.statistics[A * s.C + c]) * g +
                static_cast<F>(k.coefficients[c]) * static_cast<F>(x[i]) + static_cast<F>(k.coefficients[s.C + c]);
      }
    }
  }
  return dx;
}

template <class F>
std::vector<F> passed(bool relu, const std::vector<double>& d_out, const std::vector<double>& mask) {
  std::vector<F> g(d_out.size());
  for (std::size_t i = 0; i < g.size(); ++i) g[i] = !relu || bit(mask, i) ? static_cast<F>(d_out[i]) : F(0);
  return g;
}

void check_apply(const Variant& v, const Shape& s, bool in_place) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    check("batchnorm_backward " + v.text() + (in_place ? " in place " : " ") + type_name<T>() + " " + s.text(),
          [&](Draw& draw) {
            const bool normed = v.residual == Residual::NORMED;
            auto d_out = in_place ? draw.updated<T>(s.elements()) : draw.input<T>(s.elements());
            auto x = draw.input<T>(s.elements(), off_centre);
            auto residual = draw.input<T>(s.elements(), off_centre);
            auto mask = draw.input<std::uint8_t>((s.elements() + 7) / 8, bits);
            auto statistics = draw.input<float>(4 * s.C);
            auto coefficients = draw.input<float>(2 * s.C);
            auto residual_statistics = draw.input<float>(4 * s.C);
            auto residual_coefficients = draw.input<float>(2 * s.C);
            auto gate = draw.input<float>(s.N * s.C, probability);
            auto d_squeeze = draw.input<float>(s.N * s.C);
            auto dx = in_place ? d_out : draw.output<T>(s.elements());
            auto d_residual = draw.output<T>(s.elements());
            const auto g = draw.before(d_out);
            draw.run([&] {
              batchnorm_backward(type, dx, v.residual == Residual::NONE ? nullptr : d_residual.data, d_out,
                                 v.relu ? mask.data : nullptr, x, normed ? residual.data : nullptr, statistics,
                                 coefficients, normed ? residual_statistics.data : nullptr,
                                 normed ? residual_coefficients.data : nullptr, v.gate ? gate.data : nullptr,
                                 v.gate ? d_squeeze.data : nullptr, s.N, s.P, s.C, nullptr);
            });
            const Coefficients k{statistics.values(), coefficients.values(), gate.values(), d_squeeze.values()};
            draw.expect("dx", dx, apply_reference<double>(s, v.relu, v.gate, g, mask.values(), x.values(), k),
                        apply_reference<float>(s, v.relu, v.gate, g, mask.values(), x.values(), k));
            if (normed) {
              const Coefficients kr{residual_statistics.values(), residual_coefficients.values(), {}, {}};
              draw.expect("d_residual", d_residual,
                          apply_reference<double>(s, v.relu, false, g, mask.values(), residual.values(), kr),
                          apply_reference<float>(s, v.relu, false, g, mask.values(), residual.values(), kr));
            } else if (v.residual == Residual::PLAIN) {
              draw.expect("d_residual", d_residual, passed<double>(v.relu, g, mask.values()),
                          passed<float>(v.relu, g, mask.values()));
            }
          });
  });
}

}  // namespace

TEST(forward_matches_reference) {
  for (const Variant& v : variants()) {
    for (const Shape& s : shapes_of(v)) check_forward(v, s);
  }
}

TEST(forward_keeps_a_nan) {
  check("batchnorm_forward of NaN", [](Draw& draw) {
    auto x = draw.input<float>(16, [](std::mt19937&) { return std::nan(""); });
    auto statistics = draw.input<float>(4 * 8);
    auto out = draw.output<float>(16);
    auto mask = draw.output<std::uint8_t>(2);
    draw.run([&] {
      batchnorm_forward(Type::FLOAT32, out, mask, x, nullptr, statistics, nullptr, nullptr, 1, 2, 8, nullptr);
    });
    draw.expect("out", out, std::vector<double>(16, std::nan("")), std::vector<float>(16, std::nanf("")));
    draw.expect_equal("mask", mask, {0, 0});
  });
}

TEST(backward_sums_match_reference) {
  for (const Variant& v : variants()) {
    if (v.gate) continue;  // the gate does not enter
    for (const Shape& s : v.residual == Residual::NORMED && v.relu ? shapes() : few_shapes()) check_sums(v, s);
  }
}

TEST(backward_matches_reference) {
  for (const Variant& v : variants()) {
    for (const Shape& s : shapes_of(v)) check_apply(v, s, false);
    for (const Shape& s : some_shapes()) check_apply(v, s, true);
  }
}
