// What a native checks before it launches: each mistake is a Java exception that names the native and the argument.
#pragma once

#include <jni.h>

#include <climits>
#include <initializer_list>
#include <stdexcept>
#include <string>

#include "kernels.h"

class Arguments {
 public:
  explicit Arguments(const char* native) : native_(native) {}

  [[noreturn]] void refuse(const std::string& what) const { throw std::invalid_argument(native_ + (": " + what)); }

  void positive(const char* name, long long value) const {
    if (value < 1) refuse(std::string(name) + " is " + std::to_string(value) + " but must be at least 1");
  }

  // N samples, P positions, C channels: indices of (N, C) are ints, those of (N, P, C) are long long, and a grid has
  // 65,535 blocks in its second and third direction.
  void sizes(jint n, jint p, jint c) const {
    positive("n", n);
    positive("p", p);
    positive("c", c);
    if (static_cast<long long>(n) * c > INT_MAX / 4 || static_cast<long long>(n) * p > LLONG_MAX / 8 / c) {
      refuse("n * p * c overflows: " + std::to_string(n) + " * " + std::to_string(p) + " * " + std::to_string(c));
    }
    if (c > 65535 || p > 65535 * 64) {
      refuse("c is " + std::to_string(c) + " and p is " + std::to_string(p) +
             " but at most 65535 channels and 4194240 positions are launched");
    }
  }

  // As many blocks as a grid has in its first direction may take a sample's positions and samples in turn.
  void walk(jint n, jint p, jint c) const {
    sizes(n, p, c);
    if (static_cast<long long>(n) * p > INT_MAX) refuse("n * p is more than the 2147483647 positions of a grid");
  }

  // Values, one by one.
  void count(const char* name, long long value) const {
    positive(name, value);
    if (value > 1LL << 40) refuse(std::string(name) + " is " + std::to_string(value) + " but at most 2^40");
  }

  // m positions of c channels.
  void rows(long long m, jint c) const {
    positive("m", m);
    positive("c", c);
    if (m > INT_MAX || c > 65535) {
      refuse("m is " + std::to_string(m) + " and c is " + std::to_string(c) +
             " but at most 2147483647 positions of 65535 channels are launched");
    }
  }

  // n samples of so many values.
  void samples(jint n, long long values) const {
    positive("n", n);
    positive("perSample", values);
    if (values > INT_MAX || static_cast<long long>(n) * values > 1LL << 38) {
      refuse("n * perSample is " + std::to_string(n) + " * " + std::to_string(values) + ", too many for one launch");
    }
  }

  template <class T>
  T* optional(const char* name, jlong address, int alignment = 16) const {
    if (address % alignment != 0) {
      refuse(std::string(name) + " lies at " + std::to_string(address) + ", which is no multiple of " +
             std::to_string(alignment));
    }
    return reinterpret_cast<T*>(address);
  }

  template <class T>
  T* required(const char* name, jlong address, int alignment = 16) const {
    if (address == 0) refuse(std::string(name) + " is null");
    return optional<T>(name, address, alignment);
  }

  Type type(jint code) const {
    if (code < 0 || code > 2) refuse("type is " + std::to_string(code) + " but 0, 1 and 2 are known");
    return static_cast<Type>(code);
  }

  Gate gate(jint code) const {
    if (code < 0 || code > 2) refuse("gateKind is " + std::to_string(code) + " but 0, 1 and 2 are known");
    return static_cast<Gate>(code);
  }

  // Either all or none: what belongs together is there together.
  bool together(const char* what, std::initializer_list<jlong> addresses) const {
    int present = 0;
    for (jlong address : addresses) present += address != 0 ? 1 : 0;
    if (present != 0 && present != static_cast<int>(addresses.size())) {
      refuse(std::string(what) + " is there in part; give all of its addresses or none");
    }
    return present != 0;
  }

 private:
  std::string native_;
};

// Runs the body; what it throws becomes a Java exception.
template <class Body>
void guarded(JNIEnv* env, const char* native, Body body) {
  auto raise = [&](const char* type, const std::string& what) {
    jclass found = env->FindClass(type);
    if (found != nullptr) env->ThrowNew(found, what.c_str());
  };
  try {
    body(Arguments(native));
  } catch (const std::invalid_argument& e) {
    raise("java/lang/IllegalArgumentException", e.what());
  } catch (const std::exception& e) {
    raise("dev/selkie/runtime/BackendException", std::string(native) + ": " + e.what());
  }
}

inline cudaStream_t stream_of(jlong stream) { return reinterpret_cast<cudaStream_t>(stream); }
