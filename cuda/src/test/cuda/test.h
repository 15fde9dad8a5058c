// What the kernel tests share. A case runs a launcher on guarded memory with threads and blocks in ascending, descending
// and random order, which must agree to the last bit, and holds the result against the formula in double.
//
// The one rule: the error, as a share of the largest value, may be twice that of the plain float loop on the same inputs,
// plus four units in the last place of a float; each the worst of several draws, more for small tensors.
//
// Compiled by nvcc the same cases run on the GPU: tensors lie in memory that both sides see, each launch is waited for, and
// instead of three orders there are two runs that must agree.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "host/half_host.h"
#include "dispatch.cuh"
#include "kernels.h"

namespace test {

// Where the numbers of an input come from.
using Values = std::function<double(std::mt19937&)>;
double normal(std::mt19937& random);
double off_centre(std::mt19937& random);      // as activations before a norm
double far_off_centre(std::mt19937& random);  // fatal to E[x^2] - E[x]^2 in float
double positive(std::mt19937& random);        // around one
double probability(std::mt19937& random);
double ties(std::mt19937& random);  // few distinct values, most of them negative
double bits(std::mt19937& random);  // a whole byte
Values below(int bound);
Values weights(int fan_in);

// Memory between two pages that may not be touched, ending at the second; what is left over is watched. On a GPU between
// two watched bands, or with SELKIE_EXACT in an allocation of just its size, whose ends compute-sanitizer watches.
class Guarded {
 public:
  explicit Guarded(std::size_t bytes);
  ~Guarded();
  Guarded(const Guarded&) = delete;
  Guarded& operator=(const Guarded&) = delete;
  unsigned char* data() const { return data_; }
  std::size_t size() const { return bytes_; }
  bool intact() const;

 private:
  unsigned char* begin_;  // what may be touched
  unsigned char* end_;
  unsigned char* data_;
  std::size_t bytes_;
};

enum class Role { INPUT, OUTPUT, UPDATED };

template <class T>
constexpr const char* type_name() {
  return sizeof(T) == 4 ? "float32" : std::is_same_v<T, bfloat16> ? "bfloat16" : "float16";
}

inline double widen(float v) { return v; }
inline double widen(double v) { return v; }
inline double widen(bfloat16 v) { return host::bfloat16_to_float(v.bits); }
inline double widen(float16 v) { return host::float16_to_float(v.bits); }
inline double widen(std::uint8_t v) { return v; }
inline double widen(int v) { return v; }
template <class T>
T narrow(double v) {
  return static_cast<T>(v);
}
template <>
inline bfloat16 narrow<bfloat16>(double v) {
  return {host::float_to_bfloat16(static_cast<float>(v))};
}
template <>
inline float16 narrow<float16>(double v) {
  return {host::float_to_float16(static_cast<float>(v))};
}

// One tensor of a case.
template <class T>
struct Field {
  T* data;
  std::size_t count;
  operator T*() const { return data; }
  double operator[](std::size_t i) const { return widen(data[i]); }
  std::vector<double> values() const {
    std::vector<double> all(count);
    for (std::size_t i = 0; i < count; ++i) all[i] = widen(data[i]);
    return all;
  }
};

// Worst errors so far, by tensor.
struct Deviation {
  double largest = 0;
  double magnitude = 0;
  std::size_t values = 0;
};

// One draw of a case's numbers.
class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}

  template <class T>
  Field<T> input(std::size_t count, const Values& values = normal) {
    return filled<T>(count, Role::INPUT, values);
  }
  // Starts as poison.
  template <class T>
  Field<T> output(std::size_t count) {
    return place<T>(count, Role::OUTPUT);
  }
  // Has values that the launcher adds to or changes; `before` of it keeps them.
  template <class T>
  Field<T> updated(std::size_t count, const Values& values = normal) {
    return filled<T>(count, Role::UPDATED, values);
  }
  // Values of a tensor as they were before the launch.
  template <class T>
  std::vector<double> before(const Field<T>& field) const {
    const T* start = reinterpret_cast<const T*>(initial(field.data));
    std::vector<double> all(field.count);
    for (std::size_t i = 0; i < field.count; ++i) all[i] = widen(start[i]);
    return all;
  }

  // Runs it in three orders, on a GPU twice, on the same memory; to be called once, when all tensors are declared.
  void run(const std::function<void()>& launcher);
  // For kernels with float atomics: their sums depend on the order, and only the error counts.
  void run_unordered(const std::function<void()>& launcher);

  // Notes the errors of what was written: exact in double, plain from the float loop, rounded to T here.
  template <class T>
  void expect(const std::string& name, const Field<T>& field, const std::vector<double>& exact,
              const std::vector<float>& plain) {
    std::vector<double> rounded(plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) rounded[i] = widen(narrow<T>(plain[i]));
    note(name, exact, rounded, field.values());
  }
  // For numbers without rounding: masks, indices.
  template <class T>
  void expect_equal(const std::string& name, const Field<T>& field, const std::vector<double>& exact) {
    equal(name, exact, field.values());
  }

  std::mt19937& random() { return random_; }

 private:
  friend class Case;
  struct Place {
    std::unique_ptr<Guarded> memory;
    std::vector<unsigned char> initial;
    Role role;
  };

  template <class T>
  Field<T> place(std::size_t count, Role role) {
    return {reinterpret_cast<T*>(allocate(count * sizeof(T), role)), count};
  }
  template <class T>
  Field<T> filled(std::size_t count, Role role, const Values& values) {
    Field<T> field = place<T>(count, role);
    for (std::size_t i = 0; i < count; ++i) field.data[i] = narrow<T>(values(random_));
    photograph();
    return field;
  }
  unsigned char* allocate(std::size_t bytes, Role role);
  void photograph();
  const unsigned char* initial(const void* data) const;
  void run(const std::function<void()>& launcher, bool same_bits);
  void restore();
  void require_untouched() const;
  void note(const std::string& name, const std::vector<double>& exact, const std::vector<double>& plain,
            const std::vector<double>& got);
  void equal(const std::string& name, const std::vector<double>& exact, const std::vector<double>& got);

  std::mt19937 random_;
  std::vector<Place> places_;
  std::map<std::string, std::pair<Deviation, Deviation>>* deviations_ = nullptr;
};

// Runs a case on as many draws as it needs; a failure is noted and the next case goes on.
void check(const std::string& name, const std::function<void(Draw&)>& body);

// The launcher must refuse: it throws, and says `word`.
void expect_error(const std::string& name, const std::string& word, const std::function<void()>& launcher);

// For a number of the reference in double that someone else has printed to twelve digits.
void expect_close(const std::string& name, double got, double printed);

struct Shape {
  int N, P, C;
  std::size_t elements() const { return static_cast<std::size_t>(N) * P * C; }
  std::string text() const { return std::to_string(N) + "x" + std::to_string(P) + "x" + std::to_string(C); }
};

// N = 1, 2, 5; P = 1, 49, 3136; C = 1, 3, 8, 20, 64, 2048, without those that no network has (over 1.1 million values).
std::vector<Shape> shapes();
// A few that show every path, for the many variants of an op.
std::vector<Shape> few_shapes();
// These and some with enough positions for several blocks of a sample.
std::vector<Shape> long_shapes();

// A mutation run: few cases, none of them long.
bool quick();

// Calls body with a value of each activation type and the type's code.
template <class Body>
void for_each_type(Body body) {
  body(float{}, Type::FLOAT32);
  body(bfloat16{}, Type::BFLOAT16);
  body(float16{}, Type::FLOAT16);
}

using Function = void (*)();
struct Registration {
  Registration(const char* name, Function function);
};

}  // namespace test

#define TEST(name)                                                \
  static void name();                                             \
  static const test::Registration name##_registered(#name, name); \
  static void name()
