// What the tests of selective kernels share: tensors of M branches, and which values a branch's ReLU lets through.
#pragma once

#include "test.h"

namespace test {

template <class T>
using Fields = std::vector<Field<T>>;

template <class T>
Fields<T> inputs(Draw& draw, int M, std::size_t count, const Values& values = normal) {
  Fields<T> fields;
  for (int m = 0; m < M; ++m) fields.push_back(draw.input<T>(count, values));
  return fields;
}

template <class T>
Fields<T> outputs(Draw& draw, int M, std::size_t count) {
  Fields<T> fields;
  for (int m = 0; m < M; ++m) fields.push_back(draw.output<T>(count));
  return fields;
}

// As a launcher takes them.
template <class E, class T>
Branches<E> each(const Fields<T>& fields) {
  Branches<E> branches = {};
  for (std::size_t m = 0; m < fields.size(); ++m) branches.of[m] = fields[m].data;
  return branches;
}

template <class T>
std::vector<std::vector<double>> values(const Fields<T>& fields) {
  std::vector<std::vector<double>> all;
  for (const Field<T>& field : fields) all.push_back(field.values());
  return all;
}

// The sum jumps where a x + b passes zero, so each reference takes the side that a float takes.
inline bool let_through(double a, double x, double b) {
  return std::fmaf(static_cast<float>(a), static_cast<float>(x), static_cast<float>(b)) > 0;
}

// A branch at one value: statistics (4, C), x (N, P, C).
struct Branch {
  const std::vector<double>& statistics;
  const std::vector<double>& x;
  int C;
  double a(int c) const { return statistics[2 * C + c]; }
  double b(int c) const { return statistics[3 * C + c]; }
  bool through(std::size_t i) const { return let_through(a(i % C), x[i], b(i % C)); }
};

inline std::string text(int M, const Shape& s) { return std::to_string(M) + " of " + s.text(); }

// Calls body(M, shape): every shape with two branches, a few with one and three; the last has a sample in several pieces.
template <class Body>
void for_branches(Body body) {
  for (int M = 1; M <= MAX_BRANCHES; ++M) {
    for (const Shape& s : M == 2 ? shapes() : few_shapes()) {
      if (M * s.elements() <= 1'100'000) body(M, s);
    }
    body(M, Shape{1, 139, 264});
  }
}

// Sizes of the small layers: one of everything, and several tiles and blocks in every direction with odd remainders.
struct SmallShape {
  int M, N, C, D;
  int P = 6;
  std::string text() const {
    return std::to_string(M) + " branches " + std::to_string(N) + "x" + std::to_string(C) + " " + std::to_string(D) +
           " hidden";
  }
};

inline std::vector<SmallShape> small_shapes() {
  return {{1, 3, 1, 1}, {2, 4, 8, 3}, {3, 3, 5, 2}, {2, 33, 40, 35}, {3, 7, 70, 33}, {1, 70, 33, 4}, {2, 9, 130, 100}};
}

// Part of a field, for tensors whose rows are of different size.
template <class T>
Field<T> part(const Field<T>& field, std::size_t first, std::size_t count) {
  return {field.data + first, count};
}

template <class V>
std::vector<V> part(const std::vector<V>& all, std::size_t first, std::size_t count) {
  return std::vector<V>(all.begin() + first, all.begin() + first + count);
}

// Holds statistics (4, C) row by row.
inline void expect_rows(Draw& draw, const std::string& name, const Field<float>& field, int C,
                        const std::vector<double>& exact, const std::vector<float>& plain) {
  const char* rows[] = {" mean", " inverse", " a", " b"};
  for (std::size_t row = 0; row * C < field.count; ++row) {
    draw.expect(name + rows[row], part(field, row * C, C), part(exact, row * C, C), part(plain, row * C, C));
  }
}

}  // namespace test
