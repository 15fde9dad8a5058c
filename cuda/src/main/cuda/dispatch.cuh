// What the launchers share.
#pragma once

#include "device.cuh"
#include "types.h"

// Calls body with a value of the type's C++ type.
template <class Body>
void dispatch(Type type, Body body) {
  switch (type) {
    case Type::FLOAT32: return body(float{});
    case Type::BFLOAT16: return body(bfloat16{});
    case Type::FLOAT16: return body(float16{});
  }
}

inline int ceil_div(long long a, long long b) { return static_cast<int>((a + b - 1) / b); }
