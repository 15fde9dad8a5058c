// What the kernel benches share. A case declares its tensors, so that its bytes are the formula's (each tensor once, what is
// updated twice), and hands over a launch. It is timed alone, with the second-level cache full of something else, and
// held against a device copy that moves as many bytes under the same conditions.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dispatch.cuh"
#include "kernels.h"

namespace bench {

// N samples, P positions, C channels, and where they come from.
struct Shape {
  int N, P, C;
  std::size_t elements() const { return static_cast<std::size_t>(N) * P * C; }
  std::string text() const { return std::to_string(N) + "x" + std::to_string(P) + "x" + std::to_string(C); }
};

// SE-ResNet-50 at 224x224: every batch norm's input, and the ends of its residual units.
std::vector<Shape> norms();
std::vector<Shape> unit_ends();
// SKNet-50: each branch of its selective kernels.
std::vector<Shape> branches();

class Case {
 public:
  // `kernel` is the launcher's name, `variant` what else tells it from others.
  Case(std::string kernel, std::string variant, std::string shape, Type type);

  template <class T>
  const T* read(std::size_t count) {
    return place<T>(count, 1);
  }
  template <class T>
  T* written(std::size_t count) {
    return place<T>(count, 1);
  }
  template <class T>
  T* updated(std::size_t count) {
    return place<T>(count, 2);
  }
  // Written and read again within the launch: memory that it needs, but not by its formula.
  template <class T>
  T* scratch(std::size_t count) {
    return place<T>(count, 0);
  }

  // Times it, if it was asked for; `prepare` comes before, once, where numbers alone are not enough.
  void time(const std::function<void(cudaStream_t)>& launch, const std::function<void(cudaStream_t)>& prepare = {});

 private:
  struct Place {
    unsigned char* data;
    std::size_t bytes;
    int width;  // of a number: 1, 2 or 4 bytes
  };

  template <class T>
  T* place(std::size_t count, int times) {
    bytes_ += static_cast<double>(count) * sizeof(T) * times;
    return reinterpret_cast<T*>(allocate(count * sizeof(T), sizeof(T)));
  }
  unsigned char* allocate(std::size_t bytes, int width);

  std::string kernel_, variant_, shape_;
  Type type_;
  double bytes_ = 0;
  std::size_t used_ = 0;
  bool fits_ = true;
  std::vector<Place> places_;
};

// Calls body with a value of each activation type and the type's code.
template <class Body>
void for_each_type(Body body) {
  body(float{}, Type::FLOAT32);
  body(bfloat16{}, Type::BFLOAT16);
  body(float16{}, Type::FLOAT16);
}

using Function = void (*)();
struct Registration {
  Registration(const char* file, Function function);
};

}  // namespace bench

// The cases of one kernel file, which it bears the name of.
#define SECTION(file)                                                              \
  static void bench_##file();                                                      \
  static const bench::Registration bench_##file##_registered(#file, bench_##file); \
  static void bench_##file()
